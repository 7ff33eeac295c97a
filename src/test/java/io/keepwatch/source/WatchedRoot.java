package io.keepwatch.source;

import io.keepwatch.event.Event;
import io.keepwatch.event.FileChanged;
import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.file.RawPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A root that is watched, settled and compared as in the daemon, with a record in memory. */
final class WatchedRoot implements AutoCloseable {
    final List<Event> events = new CopyOnWriteArrayList<>();
    final RecordedTree record = new RecordedTree();
    final FileSource source;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Debouncer debouncer = new Debouncer(Duration.ofMillis(100), Duration.ofMillis(500), 10_000);
    private final Reconciler reconciler;
    private final ScheduledFuture<?> comparing;

    WatchedRoot(RootOptions options) {
        this(options, event -> {});
    }

    /** @param tap sees each event first, on the thread that tells it */
    WatchedRoot(RootOptions options, Consumer<Event> tap) {
        WatchSettings settings = new WatchSettings(
                scheduler, InstantSource.system(), Duration.ofMillis(100), Duration.ofMinutes(1), Path.of("/proc"));
        reconciler = new Reconciler(options, record, record, Runnable::run, 1, InstantSource.system());
        source = new FileSource(
                options,
                OptionalLong.empty(),
                event -> {
                    tap.accept(event);
                    take(event);
                },
                settings);
        source.start();
        comparing = scheduler.scheduleWithFixedDelay(this::compareSettled, 20, 20, TimeUnit.MILLISECONDS);
    }

    private void take(Event event) {
        events.add(event);
        synchronized (debouncer) {
            if (event instanceof FileChanged changed) {
                debouncer.changed(System.nanoTime(), changed);
            } else if (event instanceof TreeChanged changed) {
                debouncer.changed(System.nanoTime(), changed);
            }
        }
    }

    private void compareSettled() {
        Settled settled;
        synchronized (debouncer) {
            settled = debouncer.due(System.nanoTime(), InstantSource.system().instant());
        }
        for (TreeChanged tree : settled.trees()) {
            reconciler.reconcile(tree.directory(), OptionalLong.empty(), ReconcileProgress.SILENT);
        }
        for (FilesSettled files : settled.files()) {
            reconciler.reconcilePaths(files.paths(), OptionalLong.empty());
        }
    }

    <E extends Event> List<E> told(Class<E> type) {
        List<E> all = new ArrayList<>();
        events.forEach(event -> {
            if (type.isInstance(event)) {
                all.add(type.cast(event));
            }
        });
        return all;
    }

    List<String> trees() {
        return told(TreeChanged.class).stream()
                .map(event -> event.directory() + ": " + event.reason())
                .toList();
    }

    boolean toldOf(RawPath path) {
        return told(FileChanged.class).stream().anyMatch(event -> event.path().equals(path));
    }

    @Override
    public void close() {
        source.close();
        comparing.cancel(false);
        scheduler.shutdownNow();
    }
}
