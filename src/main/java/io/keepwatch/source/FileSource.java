package io.keepwatch.source;

import io.keepwatch.event.Event;
import io.keepwatch.event.FileChanged;
import io.keepwatch.event.RootAppeared;
import io.keepwatch.event.RootMissing;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.event.WatchDegraded;
import io.keepwatch.event.WatchRestored;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one root and tells of changes as hints: an event may be late, doubled or about a path that is gone, and only a
 * stat tells. What the kernel or the library loses becomes a {@link TreeChanged} of the root, and the watch is made anew.
 * After every registration the root is told as changed too, since changes during it are not notified.
 */
public final class FileSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    private final RootOptions options;
    private final Consumer<Event> events;
    private final WatchSettings settings;
    private final InotifyLimits limits;
    private final Degradation degradation = new Degradation();
    private OptionalLong device;
    private @Nullable ScheduledFuture<?> checks;
    private volatile @Nullable TreeWatch watch;
    private volatile boolean closed;
    private @Nullable FileStat rootSeen;
    private boolean missing;
    private long startedNanos;
    private long registrationNanos;

    /**
     * Does nothing yet.
     *
     * @param recordedDevice the device the root had when it was last compared, which tells an unmounted root
     * @param events called by several threads, among them the one that drains the kernel's queue: must return at once and
     *     never throw
     */
    public FileSource(
            RootOptions options, OptionalLong recordedDevice, Consumer<Event> events, WatchSettings settings) {
        this.options = options;
        this.device = recordedDevice;
        this.events = events;
        this.settings = settings;
        this.limits = new InotifyLimits(settings.proc());
    }

    /** Begins to watch; returns at once. */
    public synchronized void start() {
        long period = settings.checkEvery().toMillis();
        checks = settings.scheduler().scheduleWithFixedDelay(this::check, 0, period, TimeUnit.MILLISECONDS);
    }

    /** Whether the kernel tells of every change just now; if not, only frequent comparisons find them all. */
    public boolean isComplete() {
        TreeWatch current = watch;
        return current != null && current.isStanding() && !degradation.holds();
    }

    /** How many directories have a watch. */
    public long watchedDirectories() {
        TreeWatch current = watch;
        return current == null ? 0 : current.watched();
    }

    private synchronized void check() {
        if (closed) {
            return;
        }
        try {
            RootState state = RootState.look(options.path(), device);
            if (state instanceof RootState.Present present) {
                tellIfItAppeared();
                keepWatching(present);
                tellIfItChanged(present.stat());
            } else {
                closeWatch();
                tellIfItVanished((RootState.Absent) state);
            }
        } catch (RuntimeException e) {
            LOG.error("root \"{}\": the watch is tried again in {}", options.name(), settings.checkEvery(), e);
            closeWatch();
        }
    }

    private void tellIfItAppeared() {
        if (missing) {
            missing = false;
            tell(new RootAppeared(
                    settings.clock().instant(), options.name(), options.path().toString()));
        }
    }

    /** The watch of a directory tells of its entries; of the root itself nobody tells. */
    private void tellIfItChanged(FileStat now) {
        FileStat before = rootSeen;
        rootSeen = now;
        if (before != null && !before.equals(now)) {
            tell(new FileChanged(settings.clock().instant(), options.name(), RawPath.ROOT));
        }
    }

    private void tellIfItVanished(RootState.Absent state) {
        if (!missing) {
            missing = true;
            LOG.warn("root \"{}\": {}; it is watched again once it is back", options.name(), state.reason());
            tell(new RootMissing(
                    settings.clock().instant(), options.name(), options.path().toString()));
        }
    }

    private void keepWatching(RootState.Present present) {
        TreeWatch current = watch;
        boolean keep = current != null
                && current.isOf(present)
                && !current.isEnded()
                && !(current.isIncomplete() && mayRenew())
                && !(degradation.holds() && mayRetryDegraded());
        if (!keep) {
            closeWatch();
            open(present);
        }
    }

    /** A tree that overflows all the time must not spend all its time in registrations. */
    private boolean mayRenew() {
        return System.nanoTime() - startedNanos >= 10 * registrationNanos;
    }

    private boolean mayRetryDegraded() {
        boolean raised = !limits.watches().equals(degradation.limitAtStart());
        return raised || sinceStart().compareTo(settings.retryDegradedEvery()) >= 0;
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private void open(RootState.Present present) {
        long began = System.nanoTime();
        try {
            TreeWatch fresh = new TreeWatch(options, present, new Signals());
            watch = fresh;
            if (closed) {
                closeWatch();
                return;
            }
            fresh.start("keepwatch-watch-" + options.name());
            device = OptionalLong.of(present.stat().device());
            startedNanos = System.nanoTime();
            registrationNanos = startedNanos - began;
            if (fresh.unwatched() > 0) {
                tellUnwatched(fresh.unwatched());
            } else if (degradation.end()) {
                tell(new WatchRestored(settings.clock().instant(), options.name()));
            }
            treeChanged(RawPath.ROOT, "watch registered");
        } catch (IOException e) {
            closeWatch();
            startedNanos = System.nanoTime();
            if (!(e instanceof NoSuchFileException)) {
                cannotWatch(e);
            }
        }
    }

    private void cannotWatch(IOException e) {
        if (WatchLimit.isOnInstances(e)) {
            degrade("the kernel gives no more inotify instances", limits.instanceRemedy());
        } else {
            degrade(
                    "the root cannot be watched: " + ProblemText.of(e),
                    "remove the cause; it is tried again by itself");
        }
    }

    private void tellUnwatched(long directories) {
        degrade(
                "the kernel's limit on inotify watches leaves " + directories
                        + " directories or more without notifications",
                limits.watchRemedy(directories));
    }

    private void degrade(String problem, String remedy) {
        if (degradation.begin(remedy, limits.watches())) {
            tell(new WatchDegraded(settings.clock().instant(), options.name(), problem, remedy));
            treeChanged(RawPath.ROOT, problem);
        }
    }

    private void tell(Event event) {
        if (!closed) {
            events.accept(event);
        }
    }

    private void treeChanged(RawPath directory, String reason) {
        tell(new TreeChanged(settings.clock().instant(), options.name(), directory, reason));
    }

    private void closeWatch() {
        TreeWatch current = watch;
        watch = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                LOG.warn("root \"{}\": the old watch could not be closed: {}", options.name(), ProblemText.of(e));
            }
        }
    }

    /** Ends the watch and tells nothing more; returns soon, also while directories are being registered. */
    @Override
    public void close() {
        closed = true;
        closeWatch();
        ScheduledFuture<?> scheduled = checks;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    private final class Signals implements WatchSignals {
        @Override
        public void changed(RawPath path) {
            tell(new FileChanged(settings.clock().instant(), options.name(), path));
        }

        @Override
        public void treeChanged(RawPath directory, String reason) {
            FileSource.this.treeChanged(directory, reason);
        }

        @Override
        public void unwatched(long directories) {
            tellUnwatched(directories);
        }

        @Override
        public void incomplete(String reason) {
            LOG.info("root \"{}\" is compared and watched anew: {}", options.name(), reason);
            treeChanged(RawPath.ROOT, reason);
        }

        @Override
        public void ended() {
            try {
                settings.scheduler().execute(FileSource.this::check);
            } catch (RejectedExecutionException e) {
                LOG.debug("root \"{}\": the scheduler is closed", options.name());
            }
        }
    }
}
