package io.keepwatch.cli;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.MetaText;
import io.keepwatch.unit.ByteSize;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows every version of one path, newest first. */
@Command(
        name = "versions",
        header = "Show every version of a path.",
        description =
                "Shows every version of a path that the catalog knows, newest first. Which contents can still be"
                        + " restored depends on the bucket: without versioning it holds the newest, and deleted files for a time.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch versions /etc/hosts", "  keepwatch versions --json /etc/hosts | jq '.versions[0]'"})
final class VersionsCommand implements Callable<Integer> {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "PATH", description = "A file or directory.")
    private Path path;

    record Result(String root, String path, List<Entry> versions) {}

    record Entry(
            long id,
            Instant observed,
            String state,
            boolean deleted,
            boolean inconsistent,
            Optional<Long> sizeBytes,
            Optional<String> mode,
            Optional<String> owner,
            Optional<Instant> modified,
            Optional<String> sha256,
            Optional<Instant> durable) {
        static Entry of(CatalogVersion row) {
            return new Entry(
                    row.id(),
                    row.version().observed(),
                    row.state().name().toLowerCase(Locale.ROOT),
                    row.version().isDeletion(),
                    row.version().inconsistent(),
                    row.version().meta().map(meta -> meta.stat().sizeBytes()),
                    row.version().meta().map(MetaText::mode),
                    row.version().meta().map(MetaText::owner),
                    row.version().meta().map(meta -> meta.stat().modified()),
                    row.version().hash().map(hash -> hash.hex()),
                    row.durable());
        }
    }

    @Override
    public Integer call() {
        try (StoredBackup backup = StoredBackup.open(keepwatch.load().config())) {
            WatchedRoots.Located located = backup.locate(path);
            List<Entry> entries = backup.catalog().versions(located.root(), located.path()).stream()
                    .map(Entry::of)
                    .toList();
            if (entries.isEmpty()) {
                throw new CommandFailure(ExitCode.NOT_FOUND, "the backup has no version of \"" + path + "\"");
            }
            output.print(
                    new Result(located.root(), located.path().text().orElseGet(located.path()::toString), entries),
                    () -> table(entries));
            return ExitCode.OK;
        }
    }

    private static String table(List<Entry> entries) {
        Table table = new Table("OBSERVED", "STATE", "MODE", "OWNER", ">SIZE", "SHA-256");
        for (Entry entry : entries) {
            table.row(
                    FileText.time(entry.observed()),
                    entry.deleted() ? "deleted" : entry.state(),
                    entry.mode().orElse(""),
                    entry.owner().orElse(""),
                    entry.sizeBytes().map(size -> new ByteSize(size).toString()).orElse(""),
                    entry.sha256().map(hash -> hash.substring(0, 12)).orElse(""));
        }
        return table.toString();
    }
}
