package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** {@code /api/v1/events} and {@code events/stream}: what happened, and what happens. */
public final class EventRoutes implements RouteGroup {
    private static final int STREAMS = 512;

    private final EventRing ring;
    private final LastingEvents lasting;
    private final Executor workers;
    private final Semaphore streams = new Semaphore(STREAMS);

    public EventRoutes(EventRing ring, LastingEvents lasting, Executor workers) {
        this.ring = ring;
        this.lasting = lasting;
        this.workers = workers;
    }

    /** @param since behind it all events are known */
    record EventPage(List<CloudEvent> items, Optional<String> next, Instant since) {
        static EventPage of(Page<CloudEvent> page, Instant since) {
            return new EventPage(page.items(), page.next(), since);
        }
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/events").handler(context -> {
            Query query = new Query(context);
            TypeFilter types = TypeFilter.of(query.text("type"));
            TimeRange range = query.range();
            PageRequest page = query.page();
            EventRing events = lasting.holds(types) ? lasting.events() : ring;
            Answer.blocking(context, workers, () -> EventPage.of(events.page(types, range, page), events.since()));
        });
        router.get("/api/v1/events/stream").handler(this::stream);
    }

    private void stream(RoutingContext context) {
        Query query = new Query(context);
        TypeFilter types = TypeFilter.of(query.text("type"));
        long last = Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .or(() -> query.text("last_event_id"))
                .map(EventRoutes::number)
                .orElseGet(ring::last);
        if (!streams.tryAcquire()) {
            Problem.passing("Too many streams", STREAMS + " are open already: close one", Duration.ofSeconds(10))
                    .answer(context);
            return;
        }
        context.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream");
        // Proxies that collect answers would hold events back.
        context.response().putHeader("X-Accel-Buffering", "no");
        new EventStream(
                        ring,
                        types,
                        Caller.allowed(context),
                        context.response(),
                        last,
                        context.vertx(),
                        streams::release)
                .begin();
    }

    private static long number(String id) {
        return RefusedException.unlessMisread(
                () -> Long.parseLong(id.strip()), "Last-Event-ID is \"" + id + "\": send the id of an event");
    }
}
