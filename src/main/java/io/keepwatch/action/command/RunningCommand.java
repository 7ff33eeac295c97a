package io.keepwatch.action.command;

import io.keepwatch.config.Secrets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command that was started. One thread waits for its end; any thread may stop it. */
public final class RunningCommand {
    private static final Duration OUTPUT_WAIT = Duration.ofSeconds(2);

    private final Process process;
    private final Duration timeout;
    private final EventFile event;
    private final Duration grace;
    private final ProcessGroup group;
    private final KeptOutput out;
    private final KeptOutput err;
    private final long startedNanos = System.nanoTime();

    RunningCommand(Process process, Duration timeout, EventFile event, Secrets secrets, Duration grace) {
        this.process = process;
        this.timeout = timeout;
        this.event = event;
        this.grace = grace;
        this.group = new ProcessGroup(process);
        this.out = KeptOutput.of(process.getInputStream(), secrets);
        this.err = KeptOutput.of(process.getErrorStream(), secrets);
    }

    /** Waits until it has ended, by itself or because its time was over. When the waiting thread is interrupted, it ends too. */
    public CommandResult await() throws InterruptedException {
        try {
            boolean inTime = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                group.end(grace);
            }
            int exitCode = process.waitFor();
            Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
            return new CommandResult(exitCode, out.text(OUTPUT_WAIT), err.text(OUTPUT_WAIT), took, !inTime);
        } catch (InterruptedException e) {
            group.end(grace);
            throw e;
        } finally {
            out.close();
            err.close();
            event.close();
        }
    }

    /** Ends it: TERM to all of it, and KILL after ten seconds. Blocks until then. */
    public void stop() {
        group.end(grace);
    }
}
