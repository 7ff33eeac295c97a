package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code POST /api/v1/backup {"path": "/etc"}}: compares the path with the catalog now and puts what changed at the front
 * of the queue. Answers when it is recorded, not when it is durable. Mounted on the Unix socket only, whose folder is the
 * daemon's own.
 */
public final class BackupRoutes implements RouteGroup {
    private static final int BODY_LIMIT_BYTES = 64 * 1024;

    private final Function<Path, CompletionStage<Accepted>> backup;

    public BackupRoutes(Function<Path, CompletionStage<Accepted>> backup) {
        this.backup = backup;
    }

    /** What to back up now: an absolute path at or beneath a root. */
    public record Request(String path) {}

    /** How many changes were found and recorded. */
    public record Accepted(String root, long changes) {}

    @Override
    public void mount(Router router) {
        router.post("/api/v1/backup")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(context -> {
                    Request request;
                    try {
                        request = Json.read(context.body().asString(), Request.class);
                    } catch (IOException | IllegalArgumentException e) {
                        new Problem(400, "Not a backup request", "send {\"path\": \"/an/absolute/path\"}")
                                .answer(context);
                        return;
                    }
                    Answer.to(
                            context,
                            backup.apply(Path.of(request.path())),
                            accepted -> context.response()
                                    .setStatusCode(202)
                                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                    .end(Json.write(accepted)));
                });
    }
}
