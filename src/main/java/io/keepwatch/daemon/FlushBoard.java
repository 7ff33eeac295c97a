package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.FlushRecord;
import io.keepwatch.catalog.FlushStep;
import io.keepwatch.event.BackupCompleted;
import io.keepwatch.http.FlushesView;
import io.keepwatch.http.Page;
import io.keepwatch.http.PageRequest;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.TimeRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records each flush once it is durable, and shows them. A crash just then costs a line of the time line and nothing else. */
final class FlushBoard implements FlushesView {
    private static final Logger LOG = LoggerFactory.getLogger(FlushBoard.class);
    private static final long STEPS = 200;
    private static final long MOST_STEPS = 11_000;

    private final Catalog catalog;
    private final Clock clock;

    FlushBoard(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is logged, and costs a line of the time line
    void take(BackupCompleted done) {
        catalog.addFlush(new FlushRecord(
                        0, done.at(), done.versions(), done.deletions(), done.uploadedBytes(), done.latency()))
                .whenComplete((recorded, failure) -> Optional.ofNullable(failure)
                        .ifPresent(cause ->
                                LOG.warn("flush {} is not on the time line: {}", done.flush(), cause.toString())));
    }

    @Override
    public Page<Flush> flushes(TimeRange range, PageRequest page) {
        List<Flush> found = catalog
                .reader()
                .flushes(
                        range.from().orElse(Instant.MIN),
                        range.to().orElse(Instant.MAX),
                        page.number().orElse(Long.MAX_VALUE),
                        page.limit() + 1)
                .stream()
                .map(FlushBoard::flush)
                .toList();
        return Page.of(found, page.limit(), flush -> String.valueOf(flush.id()));
    }

    @Override
    public Timeline timeline(TimeRange range, Optional<Long> stepSeconds) {
        Instant to = range.to().orElseGet(clock::instant);
        Instant from = range.from().orElseGet(() -> to.minus(Duration.ofDays(1)));
        long seconds = Math.max(1, Duration.between(from, to).toSeconds());
        long step = stepSeconds.orElse(Math.max(1, seconds / STEPS));
        if (seconds / step > MOST_STEPS) {
            throw RefusedException.badRequest(
                    "that is more than " + MOST_STEPS + " steps: ask for longer steps or a shorter time");
        }
        return new Timeline(
                from,
                to,
                step,
                catalog.reader().flushSteps(from, to, step).stream()
                        .map(FlushBoard::step)
                        .toList());
    }

    private static Flush flush(FlushRecord flush) {
        return new Flush(
                flush.id(),
                flush.at(),
                flush.versions(),
                flush.deletions(),
                flush.uploadedBytes(),
                flush.latency().toMillis() / 1000.0);
    }

    private static Step step(FlushStep step) {
        return new Step(
                step.at(),
                step.flushes(),
                step.versions(),
                step.deletions(),
                step.uploadedBytes(),
                step.latency().toMillis() / 1000.0);
    }
}
