package io.keepwatch.cli;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import io.keepwatch.config.StoreConfig;
import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.daemon.Maintenance;
import io.keepwatch.daemon.NoDaemonException;
import io.keepwatch.daemon.PruneEstimate;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.http.Status;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Removes what retention does not keep, now instead of at the daemon's own time. */
@Command(
        name = "prune",
        header = "Remove what retention does not keep.",
        description =
                "Removes the past versions that `store.retention` does not keep, and rewrites packs of which little is"
                        + " needed, as the daemon does once a day. Through the running daemon, or by itself where none"
                        + " runs. Objects are deleted 24 hours after nothing needs them any more.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch prune --dry-run", "  keepwatch prune --json"})
final class PruneCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 10_000;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--dry-run", description = "Only show what would go, and what that saves.")
    private boolean dryRun;

    @Option(
            names = "--even-most",
            description = "Also where more than half of all files would lose the last content that is kept of them.")
    private boolean evenMost;

    record Planned(
            long versions,
            long contentBytes,
            long endedFiles,
            long deadPacks,
            long rewrittenPacks,
            long newPacks,
            long extendedLocks,
            long savedBytes,
            BigDecimal savedPerMonth,
            String currency) {}

    record Result(long versions, long contentBytes, long objects, Optional<String> problem) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = keepwatch.load().config();
        if (config.store().layout() != StoreConfig.Layout.PACK) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the mirror layout keeps no history of its own; store.keep_deleted and the bucket's rules prune it");
        }
        if (dryRun) {
            Planned planned = plan(config);
            output.print(planned, () -> text(planned));
            return ExitCode.OK;
        }
        Result result = run(config);
        output.print(result, () -> text(result));
        return result.problem().isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private Planned plan(Config config) throws IOException {
        try (StoredBackup backup = StoredBackup.open(config)) {
            PruneEstimate estimate = PruneEstimate.of(config, backup.catalog(), Clock.systemUTC(), evenMost);
            return new Planned(
                    estimate.expired().versions(),
                    estimate.expired().bytes(),
                    estimate.expired().endedPaths(),
                    estimate.packs().deadPacks(),
                    estimate.packs().rewrittenPacks(),
                    estimate.packs().newPacks(),
                    estimate.packs().extendedLocks(),
                    estimate.packs().savedBytes(),
                    estimate.saved().storagePerMonth().setScale(4, RoundingMode.HALF_UP),
                    estimate.saved().currency());
        }
    }

    private Result run(Config config) throws IOException, InterruptedException {
        DaemonClient client = new DaemonClient(config.state());
        Status before;
        try {
            before = client.status();
        } catch (NoDaemonException e) {
            return runHere(config);
        }
        client.maintain(evenMost);
        Optional<Instant> last = before.maintenance().last().map(Status.Run::at);
        for (int idle = 0; idle * POLL_MILLIS < PATIENCE_MILLIS; ) {
            Status.Maintenance now = client.status().maintenance();
            Optional<Status.Run> run =
                    now.last().filter(done -> !Optional.of(done.at()).equals(last));
            if (!now.running() && run.isPresent()) {
                return new Result(
                        run.get().versions(),
                        run.get().bytes(),
                        run.get().objects(),
                        run.get().problem());
            }
            idle = now.running() ? 0 : idle + 1;
            Thread.sleep(POLL_MILLIS);
        }
        throw new IOException("the daemon's maintenance broke off; look into its log");
    }

    private Result runHere(Config config) {
        try (Catalog catalog = Catalog.open(config.state());
                BilledStore store =
                        BilledStore.open(config, catalog, spec.commandLine().getErr())) {
            MaintenanceCompleted done = new Maintenance(
                            config, catalog, store.backend(), Runnable::run, Clock.systemUTC(), event -> {})
                    .run(evenMost)
                    .toCompletableFuture()
                    .join();
            return new Result(done.versions(), done.bytes(), done.objects(), done.problem());
        }
    }

    private static String text(Planned planned) {
        return planned.versions() + " versions would go (" + new ByteSize(planned.contentBytes()) + " of contents), "
                + planned.endedFiles() + " deleted files with them\n"
                + planned.deadPacks() + " packs would be deleted, " + planned.rewrittenPacks() + " rewritten as "
                + planned.newPacks() + ": saves " + new ByteSize(planned.savedBytes()) + ", "
                + planned.savedPerMonth().toPlainString() + " " + planned.currency() + " a month\n"
                + (planned.extendedLocks() > 0 ? planned.extendedLocks() + " locks of packs would be extended\n" : "");
    }

    private static String text(Result result) {
        return result.versions() + " versions removed (" + new ByteSize(result.contentBytes()) + " of contents), "
                + result.objects() + " objects deleted\n"
                + result.problem().map(problem -> "not done: " + problem + "\n").orElse("");
    }
}
