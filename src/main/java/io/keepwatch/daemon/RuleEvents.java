package io.keepwatch.daemon;

import io.keepwatch.config.Config;
import io.keepwatch.config.RootConfig;
import io.keepwatch.event.BackupCompleted;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.DatabaseNotCopied;
import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.event.FilesChanged;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.ReconcileCompleted;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.RootMissing;
import io.keepwatch.event.Severity;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.event.WatchDegraded;
import io.keepwatch.event.WatchRestored;
import io.keepwatch.file.RawPath;
import io.keepwatch.http.Status;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.HostSchemas;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens in the daemon, as rules see it. What no rule can ask for is left out. For any thread. */
final class RuleEvents {
    /** So that a change of many files stays below the size that the rules take. */
    private static final int PATHS_AN_EVENT = 500;

    private static final String BACKUP = "backup";
    private static final String STORE = "store";
    private static final String WATCH = "watch";
    private static final String MAINTENANCE = "maintenance";
    private static final String PROBE = "probe";
    private static final String FAILED = "probe.failed";

    private final String host;
    private final Function<String, Optional<Path>> roots;
    private final Supplier<String> ids;

    /**
     * @param roots the folder of each root by its name
     * @param ids gives each event its own
     */
    RuleEvents(String host, Function<String, Optional<Path>> roots, Supplier<String> ids) {
        this.host = host;
        this.roots = roots;
        this.ids = ids;
    }

    /** @param ids gives each event its own */
    static RuleEvents of(Config config, Supplier<String> ids) {
        Map<String, Path> roots = config.roots().stream().collect(Collectors.toMap(RootConfig::name, RootConfig::path));
        return new RuleEvents(config.host(), root -> Optional.ofNullable(roots.get(root)), ids);
    }

    List<RuleEvent> of(Event event) {
        if (event instanceof FilesChanged changed) {
            return changed(changed);
        } else if (event instanceof ProbeRead read) {
            return read(read);
        } else if (event instanceof ThresholdCrossed crossed) {
            return crossed(crossed);
        } else if (event instanceof ProbeFailed failed) {
            return failed(failed.probe(), failed, failed.problem());
        }
        List<RuleEvent> ofBackup = ofBackup(event);
        return ofBackup.isEmpty() ? ofRoots(event) : ofBackup;
    }

    /** A part that could not be read is told beside what was. */
    private List<RuleEvent> read(ProbeRead read) {
        return Stream.concat(
                        HostSchemas.events(read, host, source(PROBE), ids).stream(),
                        read.unread().stream().flatMap(unread -> failed(read.probe(), read, unread.why()).stream()))
                .toList();
    }

    private List<RuleEvent> failed(String probe, Event event, String problem) {
        return one(PROBE, FAILED, probe, event, Map.of("problem", problem));
    }

    /** Whether events of this type are what a probe reads again and again, and not news. */
    static boolean isReading(Event event, RuleEvent told) {
        return event instanceof ProbeRead && !told.type().equals(FAILED);
    }

    /** Whether events of this type tell how something stands, not what happened. */
    static boolean isState(String type) {
        return type.endsWith(".state");
    }

    private List<RuleEvent> ofBackup(Event event) {
        if (event instanceof BackupCompleted done) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("flush", done.flush());
            data.put("versions", done.versions());
            data.put("deletions", done.deletions());
            data.put("uploaded_bytes", done.uploadedBytes());
            data.put("latency_seconds", done.latency().toMillis() / 1000.0);
            return one(BACKUP, "backup.completed", BACKUP, event, data);
        } else if (event instanceof BackupFailed failed) {
            Map<String, Object> data = Map.of("problem", failed.problem(), "versions", failed.versions());
            return one(BACKUP, "backup.failed", BACKUP, event, data);
        } else if (event instanceof DatabaseNotCopied refused) {
            String path = path(refused.root(), refused.path());
            Map<String, Object> data = Map.of("root", refused.root(), "path", path, "reason", refused.reason());
            return one(BACKUP, "database.not_copied", path, event, data);
        } else if (event instanceof StoreReachable reachable) {
            Map<String, Object> data =
                    Map.of("outage_seconds", reachable.outage().toMillis() / 1000.0);
            return List.of(
                    event(STORE, "store.reachable", STORE, event.at(), data), storeState(event.at(), true, "", false));
        } else if (event instanceof StoreUnreachable lost) {
            Map<String, Object> data = Map.of("problem", lost.problem(), "person_must_act", lost.personMustAct());
            return List.of(
                    event(STORE, "store.unreachable", STORE, event.at(), data),
                    storeState(event.at(), false, lost.problem(), lost.personMustAct()));
        } else if (event instanceof MaintenanceCompleted done) {
            Map<String, Object> data = Map.of(
                    "versions",
                    done.versions(),
                    "bytes",
                    done.bytes(),
                    "objects",
                    done.objects(),
                    "problem",
                    done.problem().orElse(""));
            return one(MAINTENANCE, "maintenance.completed", MAINTENANCE, event, data);
        } else if (event instanceof DrillCompleted drill) {
            Map<String, Object> data = Map.of(
                    "files",
                    drill.files(),
                    "bytes",
                    drill.bytes(),
                    "wrong",
                    drill.wrong(),
                    "problem",
                    drill.problem().orElse(""));
            return one(MAINTENANCE, "drill.completed", "drill", event, data);
        }
        return List.of();
    }

    private List<RuleEvent> ofRoots(Event event) {
        if (event instanceof FileSkipped skipped) {
            String path = path(skipped.root(), skipped.path());
            Map<String, Object> data = Map.of("root", skipped.root(), "path", path, "reason", skipped.reason());
            return one(WATCH, "file.skipped", path, event, data);
        } else if (event instanceof TreeChanged changed) {
            Map<String, Object> data = Map.of("directory", text(changed.directory()), "reason", changed.reason());
            return one(WATCH, "tree.changed", changed.root(), event, data);
        } else if (event instanceof ReconcileCompleted done) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("directory", text(done.directory()));
            data.put("directories", done.directories());
            data.put("files", done.files());
            data.put("changes", done.changes());
            data.put("took_seconds", done.took().toMillis() / 1000.0);
            return one(WATCH, "reconcile.completed", done.root(), event, data);
        } else if (event instanceof RootAppeared appeared) {
            return List.of(
                    event(WATCH, "root.appeared", appeared.root(), event.at(), Map.of("path", appeared.path())),
                    rootState(event.at(), appeared.root(), true, appeared.path()));
        } else if (event instanceof RootMissing missing) {
            return List.of(
                    event(WATCH, "root.missing", missing.root(), event.at(), Map.of("path", missing.path())),
                    rootState(event.at(), missing.root(), false, missing.path()));
        } else if (event instanceof WatchDegraded degraded) {
            Map<String, Object> data = Map.of("problem", degraded.problem(), "remedy", degraded.remedy());
            return List.of(
                    event(WATCH, "watch.degraded", degraded.root(), event.at(), data),
                    watchState(event.at(), degraded.root(), false, degraded.problem(), degraded.remedy()));
        } else if (event instanceof WatchRestored restored) {
            return List.of(
                    event(WATCH, "watch.restored", restored.root(), event.at(), Map.of()),
                    watchState(event.at(), restored.root(), true, "", ""));
        }
        return List.of();
    }

    /** How things stand; told again and again, so that a rule on a state sees it after its reload or a restart too. */
    List<RuleEvent> standing(Status status, Instant now) {
        List<RuleEvent> events = new ArrayList<>();
        Map<String, Object> lag = new LinkedHashMap<>();
        lag.put("lag_seconds", status.backlog().lagSeconds());
        lag.put("pending", status.backlog().pending() + status.backlog().uploading());
        lag.put("pending_bytes", status.backlog().bytes());
        events.add(event(BACKUP, "backup.lag", BACKUP, now, lag));
        String problem = status.store().problem().orElse("");
        events.add(storeState(
                now, status.store().reachable(), problem, status.state().equals("blocked")));
        for (Status.Root root : status.roots()) {
            boolean missing = root.watch().equals("missing");
            events.add(rootState(now, root.name(), !missing, root.path()));
            if (root.watch().equals("complete") || root.watch().equals("polling")) {
                boolean complete = root.watch().equals("complete");
                events.add(watchState(
                        now,
                        root.name(),
                        complete,
                        root.problem().orElse(""),
                        root.remedy().orElse("")));
            }
        }
        return events;
    }

    private List<RuleEvent> changed(FilesChanged changed) {
        List<RuleEvent> events = new ArrayList<>();
        List<RawPath> all = changed.paths();
        for (int from = 0; from < all.size(); from += PATHS_AN_EVENT) {
            List<RawPath> some = all.subList(from, Math.min(all.size(), from + PATHS_AN_EVENT));
            List<String> paths = some.stream()
                    .map(path -> path(changed.root(), path))
                    .distinct()
                    .toList();
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("root", changed.root());
            data.put("paths", paths);
            data.put("count", (long) paths.size());
            events.add(event(WATCH, "file.changed", path(changed.root(), shared(some)), changed.at(), data));
        }
        return events;
    }

    /** The deepest directory that all of the paths are in. */
    private static RawPath shared(List<RawPath> paths) {
        RawPath directory = paths.get(0).parent().orElse(RawPath.ROOT);
        for (RawPath path : paths) {
            while (!path.isWithin(directory)) {
                directory = directory.parent().orElse(RawPath.ROOT);
            }
        }
        return directory;
    }

    private List<RuleEvent> crossed(ThresholdCrossed crossed) {
        String subject = crossed.reading().subject();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("topic", crossed.topic());
        data.put("threshold", crossed.threshold());
        data.put("before", word(crossed.before()));
        data.put("severity", word(crossed.severity()));
        data.put("reading", crossed.reading().name());
        data.put("value", crossed.reading().value());
        data.put("detail", crossed.detail());
        List<RuleEvent> events = new ArrayList<>(one(PROBE, "threshold.crossed", subject, crossed, data));
        boolean degraded = crossed.topic().equals("raid.state")
                && crossed.threshold().equals("degradation")
                && crossed.severity() != Severity.OK;
        if (degraded) {
            Map<String, Object> array = new LinkedHashMap<>();
            array.put("array", subject);
            array.put("state", crossed.reading().labels().getOrDefault("state", ""));
            array.put("detail", crossed.detail());
            events.addAll(one(PROBE, "raid.degraded", subject, crossed, array));
        }
        return events;
    }

    private RuleEvent storeState(Instant at, boolean reachable, String problem, boolean personMustAct) {
        Map<String, Object> data =
                Map.of("reachable", reachable, "problem", problem, "person_must_act", personMustAct && !reachable);
        return event(STORE, "store.state", STORE, at, data);
    }

    private RuleEvent rootState(Instant at, String root, boolean present, String path) {
        return event(WATCH, "root.state", root, at, Map.of("present", present, "path", path));
    }

    private RuleEvent watchState(Instant at, String root, boolean complete, String problem, String remedy) {
        return event(
                WATCH, "watch.state", root, at, Map.of("complete", complete, "problem", problem, "remedy", remedy));
    }

    private List<RuleEvent> one(String producer, String type, String subject, Event event, Map<String, Object> data) {
        return List.of(event(producer, type, subject, event.at(), data));
    }

    private RuleEvent event(String producer, String type, String subject, Instant at, Map<String, Object> data) {
        Map<String, Object> all = new LinkedHashMap<>(data);
        all.put("host", host);
        return RuleEvent.of(ids.get(), source(producer), type, subject, at, all);
    }

    private String source(String producer) {
        return EventSource.of(host, producer);
    }

    private String path(String root, RawPath path) {
        String folder = roots.apply(root).map(Path::toString).orElse("");
        return path.isRoot() ? folder : (folder.equals("/") ? "" : folder) + "/" + text(path);
    }

    /** Names that are no UTF-8 are shown with {@code \xNN}. */
    private static String text(RawPath path) {
        return path.text().orElseGet(() -> DisplayText.of(path.bytes()));
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
