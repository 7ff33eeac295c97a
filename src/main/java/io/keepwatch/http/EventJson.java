package io.keepwatch.http;

import io.keepwatch.event.BackupCompleted;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.DatabaseNotCopied;
import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ReconcileCompleted;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.RootMissing;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.Topics;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.event.WatchDegraded;
import io.keepwatch.event.WatchRestored;
import io.keepwatch.file.RawPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes CloudEvents of the events that are worth telling. Those that come all the time and say nothing alone are left out:
 * notifications of single paths, readings, and how far a comparison is.
 */
public final class EventJson {
    /** A burst may settle thousands of paths at once; the first of them tell where it was. */
    private static final int PATHS = 20;

    private final String source;

    /** @param host the name of this machine in the configuration */
    public EventJson(String host) {
        this.source = "/host/" + host + "/daemon";
    }

    private record Body(String subject, Map<String, Object> data) {}

    /** Empty for an event that is not told. */
    public Optional<CloudEvent> of(Event event, long id) {
        return body(event)
                .map(body -> CloudEvent.of(
                        String.valueOf(id), source, Topics.of(event).name(), body.subject(), event.at(), body.data()));
    }

    private static Optional<Body> body(Event event) {
        return backup(event).or(() -> files(event)).or(() -> host(event));
    }

    private static Optional<Body> backup(Event event) {
        if (event instanceof BackupCompleted done) {
            return body(
                    "backup",
                    Map.of(
                            "flush", done.flush(),
                            "versions", done.versions(),
                            "deletions", done.deletions(),
                            "uploaded_bytes", done.uploadedBytes(),
                            "latency_seconds", seconds(done.latency())));
        } else if (event instanceof BackupFailed failed) {
            return body("backup", Map.of("problem", failed.problem(), "versions", failed.versions()));
        } else if (event instanceof MaintenanceCompleted done) {
            return body(
                    "maintenance",
                    with(
                            done.problem(),
                            Map.of(
                                    "versions", done.versions(),
                                    "bytes", done.bytes(),
                                    "objects", done.objects(),
                                    "took_seconds", seconds(done.took()))));
        } else if (event instanceof DrillCompleted drill) {
            return body(
                    "drill",
                    with(
                            drill.problem(),
                            Map.of(
                                    "files", drill.files(),
                                    "bytes", drill.bytes(),
                                    "wrong", drill.wrong())));
        } else if (event instanceof StoreReachable reachable) {
            return body("store", Map.of("outage_seconds", seconds(reachable.outage())));
        } else if (event instanceof StoreUnreachable unreachable) {
            return body(
                    "store", Map.of("problem", unreachable.problem(), "person_must_act", unreachable.personMustAct()));
        }
        return Optional.empty();
    }

    private static Optional<Body> files(Event event) {
        if (event instanceof FilesSettled settled) {
            return body(
                    settled.root(),
                    Map.of(
                            "paths",
                            settled.paths().stream()
                                    .limit(PATHS)
                                    .map(RawPath::toString)
                                    .toList(),
                            "count",
                            settled.paths().size()));
        } else if (event instanceof FileSkipped skipped) {
            return body(skipped.root(), Map.of("path", skipped.path().toString(), "reason", skipped.reason()));
        } else if (event instanceof DatabaseNotCopied refused) {
            return body(refused.root(), Map.of("path", refused.path().toString(), "reason", refused.reason()));
        } else if (event instanceof TreeChanged changed) {
            return body(
                    changed.root(), Map.of("directory", changed.directory().toString(), "reason", changed.reason()));
        } else if (event instanceof ReconcileCompleted done) {
            return body(
                    done.root(),
                    Map.of(
                            "directory", done.directory().toString(),
                            "directories", done.directories(),
                            "files", done.files(),
                            "changes", done.changes(),
                            "took_seconds", seconds(done.took())));
        }
        return Optional.empty();
    }

    private static Optional<Body> host(Event event) {
        if (event instanceof RootAppeared appeared) {
            return body(appeared.root(), Map.of("path", appeared.path()));
        } else if (event instanceof RootMissing missing) {
            return body(missing.root(), Map.of("path", missing.path()));
        } else if (event instanceof WatchDegraded degraded) {
            return body(degraded.root(), Map.of("problem", degraded.problem(), "remedy", degraded.remedy()));
        } else if (event instanceof WatchRestored restored) {
            return body(restored.root(), Map.of());
        } else if (event instanceof ProbeFailed failed) {
            return body(failed.probe(), Map.of("problem", failed.problem(), "took_seconds", seconds(failed.took())));
        } else if (event instanceof ThresholdCrossed crossed) {
            return body(
                    crossed.reading().subject(),
                    Map.of(
                            "topic", crossed.topic(),
                            "threshold", crossed.threshold(),
                            "name", crossed.reading().name(),
                            "value", crossed.reading().value(),
                            "labels", crossed.reading().labels(),
                            "before", word(crossed.before()),
                            "severity", word(crossed.severity()),
                            "detail", crossed.detail()));
        }
        return Optional.empty();
    }

    private static Optional<Body> body(String subject, Map<String, Object> data) {
        return Optional.of(new Body(subject, data));
    }

    private static Map<String, Object> with(Optional<String> problem, Map<String, Object> data) {
        Map<String, Object> more = new LinkedHashMap<>(data);
        problem.ifPresent(text -> more.put("problem", text));
        return more;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
