package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/**
 * {@code /healthz}: the process answers. {@code /readyz}: changes are being backed up; 503 with the reason while a
 * person must act or a root is missing.
 */
public final class HealthRoutes implements RouteGroup {
    private final StatusView view;

    public HealthRoutes(StatusView view) {
        this.view = view;
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
                            .end((ready ? "ready: " : "not ready: ") + status.summary() + "\n");
                }));
    }
}
