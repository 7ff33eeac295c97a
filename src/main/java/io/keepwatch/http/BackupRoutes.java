package io.keepwatch.http;

import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code POST /api/v1/backups {"path": "/etc"}}: compares the path with the catalog now and puts what changed at the front
 * of the queue. Answers when it is recorded, not when it is durable.
 */
public final class BackupRoutes implements RouteGroup {
    private final Function<Path, CompletionStage<Accepted>> backup;

    public BackupRoutes(Function<Path, CompletionStage<Accepted>> backup) {
        this.backup = backup;
    }

    /** What to back up now: an absolute path at or beneath a root. */
    public record Request(Optional<String> path) {}

    /** How many changes were found and recorded. */
    public record Accepted(String root, long changes) {}

    @Override
    public void mount(Router router) {
        router.post("/api/v1/backups").handler(context -> {
            Path path = Body.read(context, Request.class)
                    .path()
                    .filter(text -> text.startsWith("/"))
                    .map(text -> RefusedException.unlessMisread(() -> Path.of(text)))
                    .orElseThrow(() -> new RefusedException(
                            400, "Not a backup request", "send {\"path\": \"/an/absolute/path\"}"));
            Answer.json(context, 202, backup.apply(path.normalize()));
        });
    }
}
