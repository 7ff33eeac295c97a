package io.keepwatch.http;

import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code POST /api/v1/maintenance {"even_most": false}}: begins the maintenance, or joins the run that is under way, and
 * answers at once; the status tells when it has ended, and how. Mounted on the Unix socket only: it removes versions.
 */
public final class MaintenanceRoutes implements RouteGroup {
    private final Consumer<Boolean> maintain;

    public MaintenanceRoutes(Consumer<Boolean> maintain) {
        this.maintain = maintain;
    }

    /** Whether more than half of all files may lose the last content that is kept of them. */
    public record Request(Optional<Boolean> evenMost) {}

    @Override
    public void mount(Router router) {
        router.post("/api/v1/maintenance").handler(context -> {
            boolean evenMost = Body.read(context, Request.class)
                    .evenMost()
                    .orElseThrow(() ->
                            new RefusedException(400, "Not a maintenance request", "send {\"even_most\": false}"));
            maintain.accept(evenMost);
            Answer.json(context, 202, Map.of());
        });
    }
}
