package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/**
 * {@code /healthz}: the process answers. {@code /readyz}: changes are being backed up; 503 with the reason while a
 * person must act or a root is missing. Where tokens are set, the reason is for those who have one: {@code status} tells it.
 */
public final class HealthRoutes implements RouteGroup {
    private final StatusView view;
    private final boolean reasons;

    /** @param reasons whether everybody who reaches the port may know why it is not ready */
    public HealthRoutes(StatusView view, boolean reasons) {
        this.view = view;
        this.reasons = reasons;
    }

    @Override
    public void mount(Router router) {
        router.get("/healthz")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .end("ok\n"));
        router.get("/readyz")
                .handler(context -> Answer.to(context, view.status(), status -> {
                    boolean ready = !status.state().equals("blocked");
                    context.response()
                            .setStatusCode(ready ? 200 : 503)
                            .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                            .end(text(ready, Caller.of(context), status));
                }));
    }

    private String text(boolean ready, Caller caller, Status status) {
        String word = ready ? "ready" : "not ready";
        return reasons || caller.role() != Role.NONE ? word + ": " + status.summary() + "\n" : word + "\n";
    }
}
