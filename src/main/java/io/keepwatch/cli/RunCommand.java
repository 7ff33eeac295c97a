package io.keepwatch.cli;

import io.keepwatch.config.Config;
import io.keepwatch.config.LoadedConfig;
import io.keepwatch.daemon.Daemon;
import io.keepwatch.daemon.DaemonClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The daemon in the foreground, as systemd and containers want it. */
@Command(
        name = "run",
        header = "Run the daemon in the foreground.",
        description =
                "Runs the daemon in the foreground. On SIGTERM or SIGINT it makes durable what is known to have changed,"
                        + " for at most --drain seconds; what is left waits on disk and is taken up at the next start. On SIGHUP it"
                        + " loads its rule files anew; where stderr is a terminal, SIGHUP ends it, as the end of a terminal"
                        + " should.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch run", "  keepwatch run --config ./keepwatch.yml", "  systemctl enable --now keepwatch"})
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Option(names = "--drain", paramLabel = "SECONDS", description = "How long a stop may take. Default: 30.")
    private long drainSeconds = 30;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        LoadedConfig loaded = keepwatch.load();
        err.print(loaded.notesText());
        err.flush();
        Config config = loaded.config();
        if (config.roots().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    keepwatch.configFile() + " names no root, so there is nothing to watch; add one under roots:");
        }
        // Before the start: until then the signal ends the process, and the socket answers a moment earlier.
        if (!new Terminal(Path.of("/proc/self/fd")).isErr()) {
            new HangUpSignal(() -> reloadRules(config)).install();
        }
        Daemon daemon = start(config);
        new StopSignal(daemon, Duration.ofSeconds(drainSeconds)).install();
        err.println("watching " + config.roots().size() + (config.roots().size() == 1 ? " root" : " roots")
                + (daemon.port() == 0 ? "" : "; status at http://127.0.0.1:" + daemon.port() + "/api/v1/status"));
        err.flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /** The daemon itself logs what came of it. */
    private static void reloadRules(Config config) {
        try {
            new DaemonClient(config.state()).reloadRules();
        } catch (IOException e) {
            LOG.warn("the rules were not loaded anew: {}", e.getMessage());
        }
    }

    static Daemon start(Config config) {
        try {
            return Daemon.start(config, Clock.systemUTC());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PROBLEM, "the daemon cannot start: " + FileProblem.text(e));
        }
    }
}
