package io.keepwatch.http;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an administrator asks first: is the backup current, what does the watch see, what waits, what does it cost.
 * The JSON of {@code /api/v1/status} and of {@code keepwatch status --json}: keys in snake case, times in ISO 8601 UTC,
 * sizes in bytes, durations in seconds.
 *
 * @param state {@code current}: everything seen is durable; {@code behind}: changes wait or are on their way; {@code
 *     blocked}: a person must act
 * @param summary the state in one sentence
 */
public record Status(
        String version,
        String host,
        long pid,
        Instant started,
        String state,
        String summary,
        List<Root> roots,
        Backlog backlog,
        Store store,
        Requests requests,
        Optional<Budget> budget,
        Maintenance maintenance) {
    public Status {
        roots = List.copyOf(roots);
    }

    /** @param watch {@code starting}, {@code complete}, {@code polling} or {@code missing} */
    public record Root(
            String name,
            String path,
            String watch,
            Optional<String> problem,
            Optional<String> remedy,
            long files,
            long bytes,
            Optional<Instant> lastDurable,
            Optional<Instant> lastReconcile,
            Optional<Reconcile> reconcile) {}

    /** A reconcile that is under way. */
    public record Reconcile(long directories, long files, long changes) {}

    /** What is seen but not yet durable; the lag is the age of the oldest such change, 0 where there is none. */
    public record Backlog(long pending, long uploading, long bytes, double lagSeconds) {}

    /** Where the backup goes, and whether it takes objects. */
    public record Store(String layout, String location, boolean reachable, Optional<String> problem) {}

    /**
     * What uploads may cost in this period.
     *
     * @param period {@code day} or {@code month}, of UTC
     * @param unit {@code requests}, or the currency
     * @param intervalSeconds how long flushes are apart at present; 0 where the budget holds nothing up
     */
    public record Budget(String period, String unit, BigDecimal limit, BigDecimal used, double intervalSeconds) {}

    /** Requests by class, and their price by the configured table. */
    public record Requests(
            Map<String, Long> sinceStart, Map<String, Long> thisMonth, BigDecimal costThisMonth, String currency) {
        public Requests {
            sinceStart = Map.copyOf(sinceStart);
            thisMonth = Map.copyOf(thisMonth);
        }
    }

    /** The last runs since the daemon began; empty before the first. */
    public record Maintenance(boolean running, Optional<Run> last, Optional<Drill> lastDrill) {}

    /** What a run of the maintenance removed, and why it left something for the next one. */
    public record Run(Instant at, long versions, long bytes, long objects, Optional<String> problem) {}

    /** How many files of a sample were read back from the bucket, and how many of them are wrong. */
    public record Drill(Instant at, long files, long bytes, long wrong, Optional<String> problem) {}
}
