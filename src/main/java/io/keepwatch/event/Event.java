package io.keepwatch.event;

import java.time.Instant;

/** Something that has already happened. Every event is an immutable record, so it may cross threads by reference. */
public sealed interface Event
        permits BackupCompleted,
                BackupFailed,
                DatabaseNotCopied,
                DrillCompleted,
                FileChanged,
                FileSkipped,
                FilesChanged,
                FilesSettled,
                MaintenanceCompleted,
                ProbeFailed,
                ProbeRead,
                ReconcileCompleted,
                ReconcileProgressed,
                RootAppeared,
                RootMissing,
                RuleRaised,
                StoreReachable,
                StoreUnreachable,
                ThresholdCrossed,
                TreeChanged,
                WatchDegraded,
                WatchRestored {
    /** When it happened, by the wall clock. */
    Instant at();
}
