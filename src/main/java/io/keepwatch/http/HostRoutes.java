package io.keepwatch.http;

import io.keepwatch.http.HostView.Aggregate;
import io.keepwatch.http.HostView.PointsQuery;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/** {@code /api/v1/probes} and {@code readings}: what is read of the host now, and what it was. */
public final class HostRoutes implements RouteGroup {
    private final HostView view;
    private final Executor workers;

    public HostRoutes(HostView view, Executor workers) {
        this.view = view;
        this.workers = workers;
    }

    record Alerts(List<HostView.Alert> items) {}

    @Override
    public void mount(Router router) {
        router.get("/api/v1/probes").handler(context -> Answer.blocking(context, workers, view::probes));
        router.get("/api/v1/alerts")
                .handler(context -> Answer.blocking(context, workers, () -> new Alerts(view.alerts())));
        router.get("/api/v1/readings").handler(context -> {
            Query query = new Query(context);
            Optional<String> name = query.text("name");
            PageRequest page = query.page();
            Answer.blocking(context, workers, () -> view.series(name, page));
        });
        router.get("/api/v1/readings/points").handler(this::points);
    }

    private void points(RoutingContext context) {
        Query query = new Query(context);
        PointsQuery wanted = new PointsQuery(
                List.of(query.required("name").split(",")),
                query.text("subject"),
                query.range(),
                query.step(),
                aggregate(query.text("aggregate").orElse("mean")));
        Answer.blocking(context, workers, () -> view.points(wanted));
    }

    private static Aggregate aggregate(String text) {
        return RefusedException.unlessMisread(
                () -> Aggregate.valueOf(text.toUpperCase(Locale.ROOT)),
                "aggregate is \"" + text + "\", but must be mean, min or max");
    }
}
