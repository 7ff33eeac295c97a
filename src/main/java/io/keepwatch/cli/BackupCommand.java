package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.daemon.NoDaemonException;
import io.keepwatch.http.BackupRoutes;
import io.keepwatch.http.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Has the running daemon compare a path now and waits until it is durable. */
@Command(
        name = "backup",
        description =
                "Has the running daemon compare a path with the catalog now, puts what changed at the front of the"
                        + " queue, and waits until everything is durable.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch backup /etc", "  keepwatch backup --no-wait /srv/www"})
final class BackupCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "PATH", description = "A root, or a file or directory beneath one.")
    private Path path;

    @Option(names = "--no-wait", description = "Return as soon as the changes are recorded.")
    private boolean noWait;

    record Result(String root, long changes, boolean durable) {}

    @Override
    public Integer call() throws InterruptedException {
        try (DaemonClient client = new DaemonClient(keepwatch.load().config().state())) {
            BackupRoutes.Accepted accepted = client.backup(path.toAbsolutePath().normalize());
            Status status = client.status();
            try (Progress progress = keepwatch.progress("waiting for")) {
                while (!noWait && waiting(status) > 0 && !status.state().equals("blocked")) {
                    progress.update(waiting(status), status.backlog().bytes());
                    Thread.sleep(POLL_MILLIS);
                    status = client.status();
                }
            }
            if (status.state().equals("blocked")) {
                throw new CommandFailure(ExitCode.STORE, status.summary());
            }
            boolean durable = waiting(status) == 0;
            output.print(
                    new Result(accepted.root(), accepted.changes(), durable),
                    () -> accepted.changes() + (accepted.changes() == 1 ? " change" : " changes") + " found"
                            + (durable ? "; everything is durable\n" : "; they are on their way\n"));
            return ExitCode.OK;
        } catch (NoDaemonException e) {
            throw new CommandFailure(ExitCode.DAEMON, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    private static long waiting(Status status) {
        return status.backlog().pending() + status.backlog().uploading();
    }
}
