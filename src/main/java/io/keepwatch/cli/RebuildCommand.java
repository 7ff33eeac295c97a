package io.keepwatch.cli;

import io.keepwatch.backup.Rebuilder;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import io.keepwatch.daemon.RebuildSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the catalog anew from the bucket alone. */
@Command(
        name = "rebuild",
        header = "Make the catalog anew from the bucket.",
        description =
                "Makes the catalog anew from what the bucket holds, after the state folder was lost or damaged. An"
                        + " old catalog is moved aside, never deleted. In the pack layout the newest copy of the catalog in"
                        + " the bucket is used, and the end of each pack that is newer. Says which files have a content that"
                        + " is nowhere. Needs that no daemon runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  systemctl stop keepwatch && keepwatch rebuild && systemctl start keepwatch",
            "  keepwatch rebuild --from-packs --json"
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

    @Option(names = "--from-packs", description = "Read the end of every pack, and no copy of the catalog.")
    private boolean fromPacks;

    record Result(long versions, long problems, long missing, Optional<String> copy, Optional<String> oldCatalog) {
        boolean isComplete() {
            return problems == 0 && missing == 0;
        }
    }

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
        try (RebuildSession session = RebuildSession.open(
                        config, Clock.systemUTC(), fromPacks, problem -> err.println("keepwatch: " + problem));
                BilledStore store = BilledStore.of(config, session.backend(), err)) {
            Rebuilder.Report report = rebuild(session, store, err);
            Result result = new Result(
                    report.versions(), report.problems(), report.missing(), session.copy(), aside.map(Path::toString));
            output.print(result, () -> text(result));
            return result.isComplete() ? ExitCode.OK : ExitCode.PROBLEM;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.STORE, FileProblem.text(e));
        }
    }

    private Rebuilder.Report rebuild(RebuildSession session, BilledStore store, PrintWriter err) {
        try (Progress progress = keepwatch.progress("found")) {
            return new Rebuilder(
                            session.catalog(),
                            store.layout(),
                            problem -> err.println("keepwatch: " + problem),
                            versions -> progress.update(versions, 0))
                    .rebuild(session.listing())
                    .toCompletableFuture()
                    .join();
        }
    }

    private static String text(Result result) {
        return result.oldCatalog()
                        .map(old -> "the old catalog is kept as " + old + "\n")
                        .orElse("")
                + result.copy()
                        .map(copy -> "the catalog was copied from " + copy + ", and " + result.versions()
                                + " versions were read from newer packs")
                        .orElse("the catalog knows " + result.versions() + " versions again")
                + (result.isComplete()
                        ? "; nothing is missing\n"
                        : "; " + result.problems() + " objects could not be read and " + result.missing()
                                + " files have a content that is nowhere, see above\n");
    }
}
