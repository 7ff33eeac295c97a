package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
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
        header = "Show whether everything is durable, what waits and what it costs.",
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
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--watch", description = "Show it anew every second until interrupted.")
    private boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (watch && output.isJson()) {
            throw new CommandFailure(ExitCode.USAGE, "--watch is for people; leave it out to get JSON");
        }
        DaemonClient client = new DaemonClient(keepwatch.load().config().state());
        Status status = client.status();
        while (watch) {
            show(StatusText.of(status));
            Thread.sleep(REFRESH_MILLIS);
            status = client.status();
        }
        Status last = status;
        output.print(last, () -> StatusText.of(last));
        return last.state().equals("blocked") ? ExitCode.PROBLEM : ExitCode.OK;
    }

    private void show(String text) {
        PrintWriter out = spec.commandLine().getOut();
        // Overwrites in place: clearing the whole screen first would flicker.
        out.print(
                keepwatch.terminal().isOut()
                        ? HOME + text.replace("\n", CLEAR_LINE + "\n") + CLEAR_BELOW
                        : text + "\n");
        out.flush();
    }
}
