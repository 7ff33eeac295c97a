package io.keepwatch.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.YearMonth;
import java.util.Optional;
import java.util.concurrent.Executor;

/** {@code /api/v1/roots}, {@code requests} and {@code flushes}: what is stored, what it cost, and when it became durable. */
public final class StateRoutes implements RouteGroup {
    private final RootsView roots;
    private final BillView bill;
    private final FlushesView flushes;
    private final Executor workers;

    public StateRoutes(RootsView roots, BillView bill, FlushesView flushes, Executor workers) {
        this.roots = roots;
        this.bill = bill;
        this.flushes = flushes;
        this.workers = workers;
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/roots").handler(context -> Answer.blocking(context, workers, roots::roots));
        router.get("/api/v1/requests").handler(context -> {
            Optional<YearMonth> month = new Query(context).text("month").map(StateRoutes::month);
            Answer.blocking(context, workers, () -> bill.bill(month));
        });
        router.get("/api/v1/flushes").handler(context -> {
            Query query = new Query(context);
            TimeRange range = query.range();
            PageRequest page = query.page();
            Answer.blocking(context, workers, () -> flushes.flushes(range, page));
        });
        router.get("/api/v1/flushes/timeline").handler(this::timeline);
    }

    private void timeline(RoutingContext context) {
        Query query = new Query(context);
        TimeRange range = query.range();
        Optional<Long> step = query.step();
        Answer.blocking(context, workers, () -> flushes.timeline(range, step));
    }

    private static YearMonth month(String text) {
        return RefusedException.unlessMisread(
                () -> YearMonth.parse(text), "month is \"" + text + "\", but must be such as 2026-11");
    }
}
