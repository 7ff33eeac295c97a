package io.keepwatch.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Uploads that became durable. Blocks; called on a worker. */
public interface FlushesView {
    /** The newest first. */
    Page<Flush> flushes(TimeRange range, PageRequest page);

    /** Summed up by steps; without a range the last day, without a step a two hundredth of the range. */
    Timeline timeline(TimeRange range, Optional<Long> stepSeconds);

    /** @param latencySeconds from the oldest change in it to its durability */
    record Flush(long id, Instant at, long versions, long deletions, long uploadedBytes, double latencySeconds) {}

    /** Steps without a flush are left out. */
    record Timeline(Instant from, Instant to, long stepSeconds, List<Step> items) {
        public Timeline {
            items = List.copyOf(items);
        }
    }

    /** @param latencySeconds the longest */
    record Step(Instant at, long flushes, long versions, long deletions, long uploadedBytes, double latencySeconds) {}
}
