package io.keepwatch.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Compares trees, several directories at a time. Directories are taken last in, first out, so that only the siblings
 * along the way down wait in memory, not a level of the tree.
 */
final class TreeScan {
    private final Comparison comparison;
    private final Deque<DirectoryVisit> waiting = new ArrayDeque<>();
    private int busy;
    private boolean stopped;
    private @Nullable RuntimeException failure;

    TreeScan(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Blocks until all is compared or cancelled; the caller works too, so a busy executor only slows it down. */
    void run(List<DirectoryVisit> start, Executor executor, int workers) {
        waiting.addAll(start);
        try {
            for (int i = 1; i < workers && !start.isEmpty(); i++) {
                executor.execute(this::work);
            }
        } catch (RejectedExecutionException e) {
            // The pool is closing or full: the caller does the work alone.
        }
        work();
        awaitOthers();
    }

    private void work() {
        for (DirectoryVisit next = take(); next != null; next = take()) {
            List<DirectoryVisit> children = List.of();
            try {
                children = new DirectoryScan(comparison, next).run();
                tellProgress();
            } catch (RuntimeException e) {
                fail(e);
            } finally {
                finished(children);
            }
        }
    }

    private void tellProgress() {
        ReconcileReport report = comparison.report();
        comparison.progress().progressed(report.directories.get(), report.files.get(), report.changes.get());
    }

    private synchronized @Nullable DirectoryVisit take() {
        try {
            while (!stopped && waiting.isEmpty() && busy > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
        if (stopped || comparison.progress().isCancelled() || waiting.isEmpty()) {
            return null;
        }
        busy++;
        return waiting.pop();
    }

    private synchronized void finished(List<DirectoryVisit> children) {
        children.forEach(waiting::push);
        busy--;
        notifyAll();
    }

    private synchronized void fail(RuntimeException e) {
        stopped = true;
        if (failure == null) {
            failure = e;
        }
    }

    private synchronized void awaitOthers() {
        boolean interrupted = false;
        while (busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                stopped = true;
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether it ended before everything was compared. */
    synchronized boolean isUnfinished() {
        return !waiting.isEmpty();
    }
}
