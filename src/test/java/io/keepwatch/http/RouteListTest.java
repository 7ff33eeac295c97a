package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The document and the program know the same routes. */
class RouteListTest {
    private static <T> T never(Class<T> view) {
        return view.cast(java.lang.reflect.Proxy.newProxyInstance(
                view.getClassLoader(), new Class<?>[] {view}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("only the routes are looked at");
                }));
    }

    private static List<RouteGroup> everything() {
        EventRing ring = new EventRing(Instant.EPOCH);
        return List.of(
                new StatusRoutes(never(StatusView.class)),
                new StateRoutes(never(RootsView.class), never(BillView.class), never(FlushesView.class), Runnable::run),
                new FileRoutes(never(FilesView.class), Runnable::run),
                new BackupRoutes(path -> CompletableFuture.completedFuture(new BackupRoutes.Accepted("", 0))),
                new RestoreRoutes(never(RestoresView.class), Runnable::run),
                new HostRoutes(never(HostView.class), Runnable::run),
                new EventRoutes(ring, new LastingEvents(List.of(), Instant.EPOCH), Runnable::run),
                new RuleRoutes(Optional.empty()),
                new ConfigurationRoutes(Map.of()),
                new MaintenanceRoutes(even -> {}));
    }

    @Test
    void each_route_is_in_the_document_and_the_reverse() {
        Vertx vertx = Vertx.vertx();
        try {
            Router router =
                    (Router) Routes.guarded(vertx, Access.open(), List.of(), List.of(), everything(), Failures.NONE);
            Set<String> mounted = new TreeSet<>();
            for (Route route : router.getRoutes()) {
                String path = String.valueOf(route.getName());
                if (route.methods() != null && path.startsWith("/api/v1")) {
                    route.methods()
                            .forEach(method -> mounted.add(method + " "
                                    + path.substring("/api/v1".length()).replaceAll(":(\\w+)", "{$1}")));
                }
            }
            assertThat(mounted)
                    .isEqualTo(new TreeSet<>(new ApiDocument().operations().keySet()));
        } finally {
            vertx.close().await();
        }
    }
}
