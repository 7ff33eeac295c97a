package io.keepwatch.cli;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.config.Config;
import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.http.BackupRoutes;
import io.keepwatch.http.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        header = "Back up a path now and wait until it is durable.",
        description =
                "Has the running daemon compare a path with the catalog now, puts what changed at the front of the"
                        + " queue, and waits until all that was seen by then is durable.",
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
    public Integer call() throws IOException, InterruptedException {
        Config config = keepwatch.load().config();
        Path absolute = path.toAbsolutePath().normalize();
        DaemonClient client = new DaemonClient(config.state());
        // The daemon is asked first: without one, that is what there is to say.
        client.status();
        checkThere(config, absolute);
        BackupRoutes.Accepted accepted = client.backup(absolute);
        boolean durable = !noWait && await(client);
        output.print(
                new Result(accepted.root(), accepted.changes(), durable),
                () -> accepted.changes() + (accepted.changes() == 1 ? " change" : " changes") + " found; "
                        + (durable ? "everything is durable\n" : "not waiting until they are durable\n"));
        return ExitCode.OK;
    }

    private static void checkThere(Config config, Path absolute) {
        WatchedRoots.Located located = StoredBackup.locate(config, absolute);
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (StoredBackup backup = StoredBackup.open(config)) {
            if (!backup.isKnown(located)) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "there is nothing at \"" + absolute + "\", and the backup has no version of it either");
            }
        }
    }

    /** Waits for what was seen until now; what changes meanwhile is not waited for, or a busy tree would never end it. */
    private boolean await(DaemonClient client) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (Progress progress = keepwatch.progress("waiting for")) {
            while (true) {
                double seconds = (System.nanoTime() - begin) / 1e9;
                Status status = client.status();
                long waiting = status.backlog().pending() + status.backlog().uploading();
                if (waiting == 0 || status.backlog().lagSeconds() < seconds) {
                    return true;
                }
                if (status.state().equals("blocked") && !status.store().reachable()) {
                    throw new CommandFailure(ExitCode.STORE, status.summary());
                }
                progress.update(waiting, status.backlog().bytes());
                Thread.sleep(POLL_MILLIS);
            }
        }
    }
}
