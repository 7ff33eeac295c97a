package io.keepwatch.cli;

import io.keepwatch.backup.TreeDifference;
import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.FileType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares what is there now with what is stored. */
@Command(
        name = "diff",
        header = "Show how a path differs from what is stored.",
        description = "Shows how a path differs from what is stored: for a text file line by line (unified), for a"
                + " directory one line for each path. Exit code 1 when there is a difference, as diff(1).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch diff /etc/nginx/nginx.conf",
            "  keepwatch diff --at 1d /etc             what changed since yesterday"
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Mixin
    private IdentityOption identity;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "Compare with what was stored then.")
    private Optional<Instant> at = Optional.empty();

    @Parameters(paramLabel = "PATH", description = "A file or directory.")
    private Path path;

    record Result(boolean same, List<TreeDifference.Line> differences, Optional<String> text) {}

    @Override
    public Integer call() throws IOException {
        try (StoredBackup backup =
                        StoredBackup.open(identity.in(keepwatch.load().config()));
                BilledStore store = BilledStore.open(backup, spec.commandLine().getErr())) {
            WatchedRoots.Located located = backup.locate(path);
            if (!backup.isKnown(located)) {
                throw new CommandFailure(ExitCode.NOT_FOUND, "the backup has no version of \"" + path + "\"");
            }
            Path root = backup.config().roots().stream()
                    .filter(some -> some.name().equals(located.root()))
                    .findFirst()
                    .orElseThrow()
                    .path();
            TreeDifference difference =
                    new TreeDifference(backup.catalog(), store.layout(), root.toRealPath(), located.root());
            Optional<CatalogVersion> stored = difference.stored(located.path(), at);
            boolean text = stored.flatMap(row -> row.version().meta())
                    .map(meta -> meta.stat().type() == FileType.REGULAR)
                    .orElse(false);
            Result result = text ? oneFile(difference, located, stored.get()) : tree(difference, located);
            output.print(result, () -> render(result));
            return result.same() ? ExitCode.OK : ExitCode.PROBLEM;
        }
    }

    private Result oneFile(TreeDifference difference, WatchedRoots.Located located, CatalogVersion stored)
            throws IOException {
        List<String> unified = difference.unified(located.path(), stored);
        return new Result(unified.isEmpty(), List.of(), Optional.of(String.join("\n", unified)));
    }

    private Result tree(TreeDifference difference, WatchedRoots.Located located) throws IOException {
        List<TreeDifference.Line> lines = difference.lines(located.path(), at);
        return new Result(lines.isEmpty(), lines, Optional.empty());
    }

    private static String render(Result result) {
        StringBuilder text = new StringBuilder();
        result.text()
                .filter(some -> !some.isEmpty())
                .ifPresent(some -> text.append(some).append('\n'));
        result.differences()
                .forEach(line ->
                        text.append(line.kind()).append(' ').append(line.path()).append('\n'));
        return result.same() ? "no difference\n" : text.toString();
    }
}
