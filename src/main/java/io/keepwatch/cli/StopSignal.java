package io.keepwatch.cli;

import io.keepwatch.daemon.Daemon;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the daemon in order when the process is asked to end, and ends with exit code 0. */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final Daemon daemon;
    private final Duration drain;

    StopSignal(Daemon daemon, Duration drain) {
        this.daemon = daemon;
        this.drain = drain;
    }

    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "keepwatch-stop"));
    }

    private void stop() {
        int code = ExitCode.OK;
        try {
            daemon.drain(drain);
            daemon.close();
            LOG.info("stopped");
        } catch (RuntimeException e) {
            LOG.error("the stop was not clean; the next start compares everything with the catalog", e);
            code = ExitCode.PROBLEM;
        }
        // A signal would otherwise end the JVM with 143, which supervisors take for a failure.
        Runtime.getRuntime().halt(code);
    }
}
