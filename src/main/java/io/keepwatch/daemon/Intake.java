package io.keepwatch.daemon;

import io.keepwatch.backup.FlushPace;
import io.keepwatch.bus.Bus;
import io.keepwatch.event.Event;
import io.keepwatch.event.FileChanged;
import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.file.RawPath;
import io.keepwatch.source.Debouncer;
import io.keepwatch.source.Settled;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the sources tell of all roots, waits until it settles, and has it compared and recorded. Single paths and
 * whole trees are compared beside each other, so that the first comparison of a large root holds up no fresh change.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Map<String, RootIntake> roots = new LinkedHashMap<>();
    private final Debouncer debouncer;
    private final Bus bus;
    private final Executor pathThread;
    private final Executor treeThread;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Runnable waiting;
    private final Runnable recorded;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger pathsUnderWay = new AtomicInteger();
    private final AtomicInteger treesUnderWay = new AtomicInteger();

    /**
     * @param pathThread runs comparisons of single paths, one after the other
     * @param treeThread runs comparisons of trees, one after the other
     * @param waiting is called when something begins to wait while nothing did, on any thread: {@link #untilDue} has an answer
     * @param recorded is called after rows were committed, and when the comparison of a tree has ended
     */
    Intake(
            Iterable<RootIntake> roots,
            Debouncer debouncer,
            Bus bus,
            Executor pathThread,
            Executor treeThread,
            Clock clock,
            LongSupplier nanoTime,
            Runnable waiting,
            Runnable recorded) {
        roots.forEach(root -> this.roots.put(root.options().name(), root));
        this.debouncer = debouncer;
        this.bus = bus;
        this.pathThread = pathThread;
        this.treeThread = treeThread;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
        this.recorded = recorded;
    }

    /** Takes an event of a source; any thread, returns at once. */
    void accept(Event event) {
        if (event instanceof FileChanged changed) {
            hold(now -> debouncer.changed(now, changed));
        } else {
            if (event instanceof TreeChanged changed) {
                hold(now -> debouncer.changed(now, changed));
            }
            bus.publish(event);
        }
    }

    private void hold(LongConsumer change) {
        boolean nothingDid;
        synchronized (debouncer) {
            nothingDid = debouncer.nextDueNanos().isEmpty();
            change.accept(nanoTime.getAsLong());
        }
        if (nothingDid) {
            waiting.run();
        }
    }

    /** How long to wait before {@link #takeSettled} has something to do; empty when nothing waits. Not negative. */
    Optional<Duration> untilDue() {
        synchronized (debouncer) {
            OptionalLong due = debouncer.nextDueNanos();
            return due.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.ofNanos(Math.max(0, due.getAsLong() - nanoTime.getAsLong())));
        }
    }

    /** Has everything compared that has settled by now. */
    @SuppressWarnings("FutureReturnValueIgnored") // run() logs a failure and has it tried again
    void takeSettled() {
        // Counted here too, so that nothing looks idle between leaving the debouncer and being compared.
        underWay.incrementAndGet();
        try {
            Settled settled;
            synchronized (debouncer) {
                settled = debouncer.due(nanoTime.getAsLong(), clock.instant());
            }
            settled.files().forEach(this::compare);
            settled.trees()
                    .forEach(tree -> Optional.ofNullable(roots.get(tree.root()))
                            .ifPresent(root -> run(
                                    root,
                                    tree.directory(),
                                    treeThread,
                                    () -> root.reconcile(tree.directory(), false))));
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** Whether anything waits to settle or is being compared. */
    boolean isBusy() {
        synchronized (debouncer) {
            return underWay.get() > 0 || debouncer.nextDueNanos().isPresent();
        }
    }

    /** What is being compared, so that more rows may come at any moment. */
    FlushPace.Comparing comparing() {
        if (treesUnderWay.get() > 0) {
            return FlushPace.Comparing.TREE;
        }
        return pathsUnderWay.get() > 0 ? FlushPace.Comparing.PATHS : FlushPace.Comparing.NOTHING;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // run() logs a failure and has it tried again
    private void compare(FilesSettled event) {
        bus.publish(event);
        Optional.ofNullable(roots.get(event.root()))
                .ifPresent(root -> run(root, RawPath.ROOT, pathThread, () -> root.settled(event.paths())));
    }

    /** Compares a directory now, without waiting for anything to settle; how many changes were recorded. */
    CompletableFuture<Long> reconcile(String name, RawPath directory, boolean urgent) {
        RootIntake root = roots.get(name);
        return root == null
                ? CompletableFuture.failedFuture(new IllegalArgumentException("there is no root \"" + name + "\""))
                : run(root, directory, treeThread, () -> root.reconcile(directory, urgent));
    }

    /** Compares a directory when its turn comes; a failure is logged and tried again. */
    void reconcileInTurn(String name, RawPath directory) {
        accept(new TreeChanged(clock.instant(), name, directory, "it is time"));
    }

    private CompletableFuture<Long> run(RootIntake root, RawPath directory, Executor thread, Comparison comparison) {
        AtomicInteger kind = thread == treeThread ? treesUnderWay : pathsUnderWay;
        underWay.incrementAndGet();
        kind.incrementAndGet();
        return CompletableFuture.supplyAsync(comparison::changes, thread).whenComplete((changes, failure) -> {
            kind.decrementAndGet();
            if (failure != null) {
                LOG.error(
                        "root \"{}\" could not be compared with the catalog; it is tried again",
                        root.options().name(),
                        failure);
                accept(new TreeChanged(clock.instant(), root.options().name(), directory, "the comparison broke off"));
            } else if (changes > 0 || kind == treesUnderWay) {
                recorded.run();
            }
            underWay.decrementAndGet();
        });
    }

    private interface Comparison {
        long changes();
    }
}
