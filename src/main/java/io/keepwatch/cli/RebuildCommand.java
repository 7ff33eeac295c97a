package io.keepwatch.cli;

import io.keepwatch.backup.Rebuilder;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogLockedException;
import io.keepwatch.config.Config;
import io.keepwatch.daemon.Backend;
import io.keepwatch.daemon.RequestTotals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the catalog anew from the bucket alone. */
@Command(
        name = "rebuild",
        description =
                "Makes the catalog anew from what the bucket holds, after the state folder was lost or damaged. An"
                        + " old catalog is moved aside, never deleted. Needs that no daemon runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  systemctl stop keepwatch && keepwatch rebuild && systemctl start keepwatch",
            "  keepwatch rebuild --json"
        })
final class RebuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    record Result(long versions, long problems, Optional<String> oldCatalog) {}

    @Override
    public Integer call() {
        Config config = keepwatch.load().config();
        try {
            return rebuild(config, Catalog.moveAside(config.state()));
        } catch (CatalogLockedException e) {
            throw new CommandFailure(ExitCode.DAEMON, e.getMessage() + "; stop it first");
        } catch (CompletionException e) {
            throw StoreFailure.of(e);
        }
    }

    private int rebuild(Config config, Optional<Path> aside) {
        PrintWriter err = spec.commandLine().getErr();
        try (Catalog catalog = Catalog.open(config.state());
                Backend backend = StoredBackup.backend(config)) {
            Rebuilder.Report report = rebuild(catalog, backend, err);
            RequestBill.tell(err, backend);
            new RequestTotals(backend.ledger(), catalog, Clock.systemUTC())
                    .save()
                    .join();
            Result result = new Result(report.versions(), report.problems(), aside.map(Path::toString));
            output.print(result, () -> text(result));
            return report.problems() == 0 ? ExitCode.OK : ExitCode.PROBLEM;
        }
    }

    private Rebuilder.Report rebuild(Catalog catalog, Backend backend, PrintWriter err) {
        try (Progress progress = keepwatch.progress("found")) {
            return new Rebuilder(
                            catalog,
                            backend.layout(),
                            problem -> err.println("keepwatch: " + problem),
                            versions -> progress.update(versions, 0))
                    .rebuild()
                    .toCompletableFuture()
                    .join();
        }
    }

    private static String text(Result result) {
        return result.oldCatalog()
                        .map(old -> "the old catalog is kept as " + old + "\n")
                        .orElse("")
                + "the catalog knows " + result.versions() + " versions again"
                + (result.problems() == 0
                        ? "; nothing is missing\n"
                        : "; " + result.problems() + " objects could not be read, see above\n");
    }
}
