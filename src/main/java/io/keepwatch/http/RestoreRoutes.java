package io.keepwatch.http;

import io.keepwatch.http.RestoresView.Order;
import io.keepwatch.http.RestoresView.Restore;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** {@code /api/v1/restores}: start one, follow it, cancel it. */
public final class RestoreRoutes implements RouteGroup {
    private static final String PATH = "/api/v1/restores";
    private static final int MOST_PATTERNS = 1000;

    private final RestoresView view;
    private final Executor workers;

    public RestoreRoutes(RestoresView view, Executor workers) {
        this.view = view;
        this.workers = workers;
    }

    /** The body of a request; what is absent has a default. */
    record Wanted(
            Optional<List<String>> patterns,
            Optional<Instant> at,
            Optional<String> to,
            Optional<String> overwrite,
            Optional<String> owners,
            Optional<Boolean> dryRun) {
        Order order() {
            List<String> wanted = patterns.orElse(List.of());
            if (wanted.isEmpty() || wanted.size() > MOST_PATTERNS) {
                throw RefusedException.badRequest("patterns must hold 1 to " + MOST_PATTERNS + " paths or root names");
            }
            return new Order(
                    wanted,
                    at,
                    to.orElseThrow(() -> RefusedException.badRequest("to is missing: name the folder to restore into")),
                    oneOf("overwrite", overwrite.orElse("never"), Set.of("never", "older", "always")),
                    oneOf("owners", owners.orElse("numbers"), Set.of("numbers", "names")),
                    dryRun.orElse(false));
        }

        private static String oneOf(String name, String value, Set<String> words) {
            if (!words.contains(value)) {
                throw RefusedException.badRequest(name + " is \"" + value + "\", but must be one of "
                        + String.join(", ", words.stream().sorted().toList()));
            }
            return value;
        }
    }

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(context -> Answer.blocking(context, workers, view::restores));
        router.post(PATH).handler(this::start);
        router.get(PATH + "/:id").handler(context -> {
            String id = context.pathParam("id");
            Answer.blocking(context, workers, () -> present(id, view.find(id)));
        });
        router.delete(PATH + "/:id").handler(context -> {
            String id = context.pathParam("id");
            Answer.json(context, 202, Answer.ask(workers, () -> present(id, view.cancel(id))));
        });
    }

    private void start(RoutingContext context) {
        Order order = Body.read(context, Wanted.class).order();
        String by = Caller.of(context).name();
        Answer.to(context, Answer.ask(workers, () -> view.start(order, by)), restore -> {
            context.response().putHeader(HttpHeaders.LOCATION, PATH + "/" + restore.id());
            Answer.json(context, 202, restore);
        });
    }

    private static Restore present(String id, Optional<Restore> restore) {
        return restore.orElseThrow(
                () -> RefusedException.notFound("there is no restore \"" + id + "\" since the daemon began"));
    }
}
