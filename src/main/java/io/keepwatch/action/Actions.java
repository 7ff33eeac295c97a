package io.keepwatch.action;

import io.keepwatch.action.command.CommandRunner;
import io.keepwatch.action.limit.Slots;
import io.keepwatch.action.send.OutboxSender;
import io.keepwatch.config.Config;
import io.keepwatch.config.Machine;
import io.keepwatch.config.Secrets;
import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.rule.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the steps of rules ask for. A few commands run at once, and a few messages travel at once; more wait in the
 * order they came. Whatever goes wrong is an outcome that says why, without a secret in it. For any thread.
 */
public final class Actions implements Performer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

    private final Secrets secrets;
    private final StopSigns signs = new StopSigns();
    private final RunAction run;
    private final SendAction send;
    private final BackupAction backup;
    private final RestoreAction restore;
    private final ProbeAction probe;
    private final LvmAction lvm;
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "keepwatch-action");
        thread.setDaemon(true);
        return thread;
    });

    /** Throws IOException where the state folder cannot be used. Closing the sender is up to the caller. */
    public Actions(Config config, Machine machine, Secrets secrets, OutboxSender sender, Services services, Clock clock)
            throws IOException {
        this.secrets = secrets;
        this.run = new RunAction(
                CommandRunner.in(config.state(), machine, secrets),
                config.rules().user(),
                new Slots(config.rules().commands()),
                workers);
        this.send = new SendAction(config.host(), sender, signs, clock);
        this.backup = new BackupAction(services.backups());
        this.restore = new RestoreAction(services.restores(), signs, clock);
        this.probe = new ProbeAction(services.measurements());
        this.lvm = new LvmAction(services.snapshots());
    }

    @Override
    public CompletionStage<Outcome> perform(Task task) {
        try {
            return begin(task).exceptionally(this::failed);
        } catch (ExpressionException | RuntimeException e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    /**
     * Ends the commands of the run: TERM, and KILL after ten seconds. Those that wait are not started. A restore ends behind the
     * files it is at, and a message that did not arrive is not tried again.
     */
    @Override
    public void stop(String runId) {
        signs.stop(runId);
        workers.execute(run.stopping(runId));
    }

    /** Ends all commands. Blocks for ten seconds at most. */
    @Override
    public void close() {
        run.stopAll();
        workers.shutdownNow();
    }

    private CompletionStage<Outcome> begin(Task task) throws ExpressionException {
        Verb verb = task.step().verb();
        if (verb instanceof Verb.Run command) {
            return run.perform(task, command);
        } else if (verb instanceof Verb.Webhook webhook) {
            return send.webhook(task, webhook);
        } else if (verb instanceof Verb.Notify channel) {
            return send.tell(task, channel);
        } else if (verb instanceof Verb.Backup paths) {
            return limited(task, backup.perform(task, paths));
        } else if (verb instanceof Verb.Restore paths) {
            return limited(task, restore.perform(task, paths));
        } else if (verb instanceof Verb.Probe type) {
            return limited(task, probe.perform(task, type));
        } else if (verb instanceof Verb.Lvm work) {
            return limited(task, lvm.perform(task, work));
        }
        throw new IllegalArgumentException("\"" + verb.word() + "\" is done by the engine itself");
    }

    /** What takes too long goes on, but its step has failed. */
    private static CompletionStage<Outcome> limited(Task task, CompletionStage<Outcome> stage) {
        Duration timeout = task.step().timeout().orElse(DEFAULT_TIMEOUT);
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(problem -> {
                    if (problem instanceof TimeoutException) {
                        return Outcome.failed(
                                task.step().verb().word() + " did not end within " + DurationText.of(timeout),
                                Map.of());
                    }
                    throw problem instanceof CompletionException wrapped ? wrapped : new CompletionException(problem);
                });
    }

    private Outcome failed(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean expected = cause instanceof IOException
                || cause instanceof ExpressionException
                || cause instanceof IllegalArgumentException;
        if (!expected) {
            LOG.error("a step failed by a defect", cause);
        }
        String message = cause.getMessage();
        return Outcome.failed(secrets.mask(expected && message != null ? message : cause.toString()), Map.of());
    }
}
