package io.keepwatch.daemon;

import io.keepwatch.backup.restore.RestoreException;
import io.keepwatch.backup.restore.RestoreReport;
import io.keepwatch.backup.restore.RestoreRequest;
import io.keepwatch.backup.restore.Restorer;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.RestoresView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores that were asked for over HTTP, one after the other. The last 100 are remembered until the daemon ends, which
 * cancels what is under way; the same request again continues it.
 */
final class RestoreJobs implements RestoresView {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreJobs.class);
    private static final int KEPT = 100;
    private static final int WAITING = 10;

    private final Restorer restorer;
    private final RestoreTargets targets;
    private final Executor thread;
    private final Clock clock;
    private final Deque<RestoreJob> jobs = new ArrayDeque<>();
    private long number;

    /** @param thread does one at a time, and must be none of those that the restorer uses */
    RestoreJobs(Restorer restorer, RestoreTargets targets, Executor thread, Clock clock) {
        this.restorer = restorer;
        this.targets = targets;
        this.thread = thread;
        this.clock = clock;
    }

    @Override
    public synchronized Restores restores() {
        List<Restore> newestFirst =
                new ArrayList<>(jobs.stream().map(RestoreJob::view).toList());
        Collections.reverse(newestFirst);
        return new Restores(newestFirst, targets.shown());
    }

    @Override
    public Restore start(Order order, String by) {
        Path target = targets.allowed(order.to());
        RestoreJob job = add(order, by);
        LOG.info("restore {} of {} into \"{}\" was asked for by {}", job.id(), order.patterns(), order.to(), by);
        thread.execute(() -> run(job, RestoreTargets.request(order, target)));
        return job.view();
    }

    private synchronized RestoreJob add(Order order, String by) {
        long waiting = jobs.stream().filter(job -> !job.hasEnded()).count();
        if (waiting >= WAITING) {
            throw new RefusedException(
                    429, "Too many restores", waiting + " wait already: wait for them, or cancel some");
        }
        RestoreJob job = new RestoreJob("r" + ++number, order, by, clock.instant());
        jobs.addLast(job);
        while (jobs.size() > KEPT && jobs.getFirst().hasEnded()) {
            jobs.removeFirst();
        }
        return job;
    }

    private void run(RestoreJob job, RestoreRequest request) {
        if (!job.begin()) {
            return;
        }
        try {
            RestoreReport report = restorer.restore(request, job::progress, job::isCancelled);
            job.ended(report, clock.instant());
            LOG.info("restore {}: {} entries restored, {} failed", job.id(), report.restored(), report.failed());
        } catch (RestoreException e) {
            job.failed(String.valueOf(e.getMessage()), clock.instant());
        } catch (IOException | RuntimeException e) {
            LOG.warn("restore {} broke off", job.id(), e);
            job.failed(KnownFailures.text(e), clock.instant());
        }
    }

    @Override
    public Optional<Restore> find(String id) {
        return job(id).map(RestoreJob::view);
    }

    @Override
    public Optional<Restore> cancel(String id) {
        Optional<RestoreJob> job = job(id);
        job.ifPresent(one -> one.cancel(clock.instant()));
        return job.map(RestoreJob::view);
    }

    private synchronized Optional<RestoreJob> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    synchronized void cancelAll() {
        jobs.forEach(job -> job.cancel(clock.instant()));
    }
}
