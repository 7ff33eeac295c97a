package io.keepwatch.daemon;

import io.keepwatch.config.Config;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.FileSource;
import io.keepwatch.source.RootOptions;
import io.keepwatch.source.WatchSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;

/** Watches the roots, has what settles compared with the catalog, and compares whole roots now and then. */
final class WatchVerticle extends VerticleBase {
    static final String WAKE = "keepwatch.watch.wake";
    /** What settles within so short a time is taken together. */
    private static final long LEAST_MILLIS = 50;
    /** How often a root is compared whose notifications are incomplete. */
    private static final Duration POLL_EVERY = Duration.ofMinutes(1);

    private final Config config;
    private final List<RootIntake> roots;
    private final Intake intake;
    private final WatchSettings settings;
    private List<FileSource> sources = List.of();
    private boolean timed;

    WatchVerticle(Config config, List<RootIntake> roots, Intake intake, WatchSettings settings) {
        this.config = config;
        this.roots = roots;
        this.intake = intake;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().localConsumer(WAKE, message -> settleInTime());
        settleInTime();
        sources = roots.stream().map(this::watch).toList();
        sources.forEach(FileSource::start);
        vertx.setPeriodic(config.reconcileEvery().toMillis(), timer -> roots.forEach(this::reconcile));
        vertx.setPeriodic(POLL_EVERY.toMillis(), timer -> pollIncomplete());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        sources.forEach(FileSource::close);
        roots.forEach(RootIntake::stop);
        return Future.succeededFuture();
    }

    /** A timer for what settles first, and none where nothing waits: a host at rest should not notice its daemon. */
    private void settleInTime() {
        if (timed) {
            return;
        }
        intake.untilDue().ifPresent(due -> {
            timed = true;
            vertx.setTimer(Math.max(LEAST_MILLIS, due.toMillis() + 1), timer -> {
                timed = false;
                try {
                    intake.takeSettled();
                } finally {
                    settleInTime();
                }
            });
        });
    }

    private FileSource watch(RootIntake root) {
        return new FileSource(root.options(), root.recordedDevice(), intake::accept, settings);
    }

    private void pollIncomplete() {
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).isComplete()) {
                reconcile(roots.get(i));
            }
        }
    }

    private void reconcile(RootIntake root) {
        RootOptions options = root.options();
        intake.reconcileInTurn(options.name(), RawPath.ROOT);
    }
}
