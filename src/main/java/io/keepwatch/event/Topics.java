package io.keepwatch.event;

import java.util.List;

/** Every topic there is. A new kind of event is one record and one line here. */
public final class Topics {
    public static final Topic<BackupCompleted> BACKUP_COMPLETED =
            new Topic<>("backup.completed", BackupCompleted.class);
    public static final Topic<BackupFailed> BACKUP_FAILED = new Topic<>("backup.failed", BackupFailed.class);
    public static final Topic<DatabaseNotCopied> DATABASE_NOT_COPIED =
            new Topic<>("database.not_copied", DatabaseNotCopied.class);
    public static final Topic<DrillCompleted> DRILL_COMPLETED = new Topic<>("drill.completed", DrillCompleted.class);
    public static final Topic<FileChanged> FILE_CHANGED = new Topic<>("file.changed", FileChanged.class);
    public static final Topic<FileSkipped> FILE_SKIPPED = new Topic<>("file.skipped", FileSkipped.class);
    public static final Topic<FilesChanged> FILES_CHANGED = new Topic<>("files.changed", FilesChanged.class);
    public static final Topic<FilesSettled> FILE_SETTLED = new Topic<>("file.settled", FilesSettled.class);
    public static final Topic<MaintenanceCompleted> MAINTENANCE_COMPLETED =
            new Topic<>("maintenance.completed", MaintenanceCompleted.class);
    public static final Topic<ProbeFailed> PROBE_FAILED = new Topic<>("probe.failed", ProbeFailed.class);
    public static final Topic<ProbeRead> PROBE_READ = new Topic<>("probe.read", ProbeRead.class);
    public static final Topic<ReconcileCompleted> RECONCILE_COMPLETED =
            new Topic<>("reconcile.completed", ReconcileCompleted.class);
    public static final Topic<ReconcileProgressed> RECONCILE_PROGRESSED =
            new Topic<>("reconcile.progressed", ReconcileProgressed.class);
    public static final Topic<RootAppeared> ROOT_APPEARED = new Topic<>("root.appeared", RootAppeared.class);
    public static final Topic<RootMissing> ROOT_MISSING = new Topic<>("root.missing", RootMissing.class);
    public static final Topic<RuleRaised> RULE_RAISED = new Topic<>("rule.raised", RuleRaised.class);
    public static final Topic<StoreReachable> STORE_REACHABLE = new Topic<>("store.reachable", StoreReachable.class);
    public static final Topic<StoreUnreachable> STORE_UNREACHABLE =
            new Topic<>("store.unreachable", StoreUnreachable.class);
    public static final Topic<ThresholdCrossed> THRESHOLD_CROSSED =
            new Topic<>("threshold.crossed", ThresholdCrossed.class);
    public static final Topic<TreeChanged> TREE_CHANGED = new Topic<>("tree.changed", TreeChanged.class);
    public static final Topic<WatchDegraded> WATCH_DEGRADED = new Topic<>("watch.degraded", WatchDegraded.class);
    public static final Topic<WatchRestored> WATCH_RESTORED = new Topic<>("watch.restored", WatchRestored.class);

    private static final List<Topic<?>> ALL = List.of(
            BACKUP_COMPLETED,
            BACKUP_FAILED,
            DATABASE_NOT_COPIED,
            DRILL_COMPLETED,
            FILE_CHANGED,
            FILE_SKIPPED,
            FILES_CHANGED,
            FILE_SETTLED,
            MAINTENANCE_COMPLETED,
            PROBE_FAILED,
            PROBE_READ,
            RECONCILE_COMPLETED,
            RECONCILE_PROGRESSED,
            ROOT_APPEARED,
            ROOT_MISSING,
            RULE_RAISED,
            STORE_REACHABLE,
            STORE_UNREACHABLE,
            THRESHOLD_CROSSED,
            TREE_CHANGED,
            WATCH_DEGRADED,
            WATCH_RESTORED);

    private Topics() {}

    public static List<Topic<?>> all() {
        return ALL;
    }

    /** The topic on which this event travels. */
    public static Topic<?> of(Event event) {
        return ALL.stream()
                .filter(topic -> topic.type() == event.getClass())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(event.getClass() + " has no line in Topics"));
    }
}
