package io.keepwatch.cli;

import io.keepwatch.config.Config;
import io.keepwatch.config.LoadedConfig;
import io.keepwatch.daemon.Daemon;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
                        + " for at most --drain seconds; what is left waits on disk and is taken up at the next start.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch run", "  keepwatch run --config ./keepwatch.yml", "  systemctl enable --now keepwatch"})
final class RunCommand implements Callable<Integer> {
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
        Daemon daemon = start(config);
        new StopSignal(daemon, Duration.ofSeconds(drainSeconds)).install();
        err.println("watching " + config.roots().size() + (config.roots().size() == 1 ? " root" : " roots")
                + (daemon.port() == 0 ? "" : "; status at http://127.0.0.1:" + daemon.port() + "/api/v1/status"));
        err.flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    static Daemon start(Config config) {
        try {
            return Daemon.start(config, Clock.systemUTC());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PROBLEM, "the daemon cannot start: " + FileProblem.text(e));
        }
    }
}
