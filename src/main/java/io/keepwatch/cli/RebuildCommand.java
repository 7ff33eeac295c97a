package io.keepwatch.cli;

import io.keepwatch.backup.Rebuilder;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the catalog anew from the bucket alone. */
@Command(
        name = "rebuild",
        header = "Make the catalog anew from the bucket.",
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

    @Mixin
    private IdentityOption identity;

    record Result(long versions, long problems, Optional<String> oldCatalog) {}

    @Override
    public Integer call() {
        Config config = identity.in(keepwatch.load().config());
        IdentityOption.require(config);
        Optional<Path> aside = Catalog.moveAside(config.state());
        try {
            return rebuild(config, aside);
        } catch (RuntimeException e) {
            spec.commandLine()
                    .getErr()
                    .println("keepwatch: the new catalog is not complete; run rebuild again before a daemon is started"
                            + aside.map(old -> ". The old catalog is kept as " + old)
                                    .orElse(""));
            throw e;
        }
    }

    private int rebuild(Config config, Optional<Path> aside) {
        PrintWriter err = spec.commandLine().getErr();
        try (Catalog catalog = Catalog.open(config.state());
                BilledStore store = BilledStore.open(config, catalog, err)) {
            Rebuilder.Report report = rebuild(catalog, store, err);
            Result result = new Result(report.versions(), report.problems(), aside.map(Path::toString));
            output.print(result, () -> text(result));
            return report.problems() == 0 ? ExitCode.OK : ExitCode.PROBLEM;
        }
    }

    private Rebuilder.Report rebuild(Catalog catalog, BilledStore store, PrintWriter err) {
        try (Progress progress = keepwatch.progress("found")) {
            return new Rebuilder(
                            catalog,
                            store.layout(),
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
