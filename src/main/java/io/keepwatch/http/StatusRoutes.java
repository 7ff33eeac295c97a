package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;

/** {@code /api/v1/status}: the whole {@link Status} as JSON. */
public final class StatusRoutes implements RouteGroup {
    private final StatusView view;

    public StatusRoutes(StatusView view) {
        this.view = view;
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/status")
                .handler(context -> Answer.to(
                        context,
                        view.status(),
                        status -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(Json.write(status))));
    }
}
