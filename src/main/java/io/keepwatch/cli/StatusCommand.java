package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.daemon.NoDaemonException;
import io.keepwatch.http.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Asks the running daemon whether everything is durable. */
@Command(
        name = "status",
        description = "Shows whether everything is durable, what waits, what the watch sees and what it costs."
                + " Exit code 1 while a person must act.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch status",
            "  keepwatch status --watch",
            "  keepwatch status --json | jq .backlog.lag_seconds"
        })
final class StatusCommand implements Callable<Integer> {
    private static final long REFRESH_MILLIS = 1_000;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--watch", description = "Show it anew every second until interrupted.")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        try (DaemonClient client = new DaemonClient(keepwatch.load().config().state())) {
            Status status = client.status();
            while (watch) {
                PrintWriter out = spec.commandLine().getOut();
                out.print(CLEAR + StatusText.of(status));
                out.flush();
                Thread.sleep(REFRESH_MILLIS);
                status = client.status();
            }
            Status last = status;
            output.print(last, () -> StatusText.of(last));
            return last.state().equals("blocked") ? ExitCode.PROBLEM : ExitCode.OK;
        } catch (NoDaemonException e) {
            throw new CommandFailure(ExitCode.DAEMON, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.PROBLEM, String.valueOf(e.getMessage()));
        }
    }
}
