package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * {@code POST /api/v1/maintenance {"even_most": false}}: begins the maintenance, or joins the run that is under way, and
 * answers at once; the status tells when it has ended, and how. Mounted on the Unix socket only.
 */
public final class MaintenanceRoutes implements RouteGroup {
    private static final int BODY_LIMIT_BYTES = 1024;

    private final Consumer<Boolean> maintain;

    public MaintenanceRoutes(Consumer<Boolean> maintain) {
        this.maintain = maintain;
    }

    /** Whether more than half of all files may lose the last content that is kept of them. */
    public record Request(boolean evenMost) {}

    @Override
    public void mount(Router router) {
        router.post("/api/v1/maintenance")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(context -> {
                    try {
                        Request request = Json.read(context.body().asString(), Request.class);
                        maintain.accept(request.evenMost());
                        context.response()
                                .setStatusCode(202)
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end("{}");
                    } catch (IOException | IllegalArgumentException e) {
                        new Problem(400, "Not a maintenance request", "send {\"even_most\": false}").answer(context);
                    }
                });
    }
}
