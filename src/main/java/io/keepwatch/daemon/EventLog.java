package io.keepwatch.daemon;

import io.keepwatch.event.BackupCompleted;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.event.DatabaseNotCopied;
import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.FileSkipped;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.event.ReconcileCompleted;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.ThresholdCrossed;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.event.WatchDegraded;
import io.keepwatch.event.WatchRestored;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each event a person may look for later; what happens all the time is told at DEBUG. */
final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.keepwatch.events");

    private EventLog() {}

    static void write(Event event) {
        if (event instanceof BackupCompleted done) {
            LOG.debug(
                    "flush {}: {} versions durable, {} deletions, {} uploaded, {} after the oldest change",
                    done.flush(),
                    done.versions(),
                    done.deletions(),
                    new ByteSize(done.uploadedBytes()),
                    DurationText.of(done.latency()));
        } else if (event instanceof BackupFailed failed) {
            LOG.warn("{} versions not stored, they are tried again: {}", failed.versions(), failed.problem());
        } else if (event instanceof DatabaseNotCopied refused) {
            LOG.warn(
                    "root \"{}\": {}; its bytes are stored as they are, and each comparison tries again",
                    refused.root(),
                    refused.reason());
        } else if (event instanceof ReconcileCompleted done && done.directory().isRoot()) {
            LOG.info(
                    "root \"{}\": compared {} files in {} directories in {}, {} changes",
                    done.root(),
                    done.files(),
                    done.directories(),
                    DurationText.of(done.took()),
                    done.changes());
        } else if (event instanceof MaintenanceCompleted done) {
            done.problem().ifPresent(problem -> LOG.warn("maintenance left a part for the next time: {}", problem));
            if (done.versions() + done.objects() > 0) {
                LOG.info(
                        "maintenance: {} versions expired ({}), {} objects deleted, took {}",
                        done.versions(),
                        new ByteSize(done.bytes()),
                        done.objects(),
                        DurationText.of(done.took()));
            }
        } else if (event instanceof DrillCompleted drill) {
            drill.problem()
                    .ifPresentOrElse(
                            problem -> LOG.error(
                                    "restore drill: {} of {} files cannot be restored; run keepwatch verify: {}",
                                    drill.wrong(),
                                    drill.files(),
                                    problem),
                            () -> LOG.info(
                                    "restore drill: {} files ({}) read back and compared, all good",
                                    drill.files(),
                                    new ByteSize(drill.bytes())));
        } else if (event instanceof RootAppeared appeared) {
            LOG.info("root \"{}\": {} is there again", appeared.root(), appeared.path());
        } else if (event instanceof WatchDegraded degraded) {
            LOG.warn("root \"{}\": {}; {}", degraded.root(), degraded.problem(), degraded.remedy());
        } else if (event instanceof WatchRestored restored) {
            LOG.info("root \"{}\": the watch is complete again", restored.root());
        } else if (event instanceof ThresholdCrossed crossed) {
            switch (crossed.severity()) {
                case OK -> LOG.info("{}: fine again: {}", crossed.topic(), crossed.detail());
                case WARNING -> LOG.warn("{}: {}", crossed.topic(), crossed.detail());
                case CRITICAL -> LOG.error("{}: {}", crossed.topic(), crossed.detail());
            }
        } else if (event instanceof FileSkipped skipped) {
            LOG.debug("root \"{}\": \"{}\" skipped: {}", skipped.root(), skipped.path(), skipped.reason());
        } else if (event instanceof TreeChanged changed) {
            LOG.debug("root \"{}\": \"{}\" is compared: {}", changed.root(), changed.directory(), changed.reason());
        }
    }
}
