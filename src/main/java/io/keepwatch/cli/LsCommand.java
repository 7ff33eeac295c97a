package io.keepwatch.cli;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MetaText;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.ByteSize;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lists what is stored of a path, now or at a time. */
@Command(
        name = "ls",
        header = "List what is backed up, now or at an earlier time.",
        description =
                "Lists what the backup holds beneath a path, now or at an earlier time. Asks the catalog, not the store.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch ls /etc",
            "  keepwatch ls --recursive /etc/nginx",
            "  keepwatch ls --at 2h /etc/nginx             two hours ago",
            "  keepwatch ls --json --recursive /srv | jq -r '.files[].path'"
        })
final class LsCommand implements Callable<Integer> {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--at", paramLabel = "TIME", converter = TimeText.class, description = "As it was then.")
    private Optional<Instant> at = Optional.empty();

    @Option(
            names = {"-r", "--recursive"},
            description = "Everything beneath it.")
    private boolean recursive;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "A file or directory; without it, all roots.")
    private Optional<Path> path = Optional.empty();

    record Result(List<Entry> files) {}

    /** A path that is not UTF-8 is shown escaped, with its bytes in base64 beside it. */
    record Entry(
            String root,
            String path,
            Optional<String> pathBase64,
            String type,
            long sizeBytes,
            String mode,
            String owner,
            Instant modified,
            Instant observed,
            Optional<String> sha256,
            Optional<String> linkTarget) {
        static Entry of(FileVersion version, FileMeta meta) {
            return new Entry(
                    version.root(),
                    version.path().text().orElseGet(version.path()::toString),
                    version.path().text().isPresent()
                            ? Optional.empty()
                            : Optional.of(Base64.getEncoder()
                                    .encodeToString(version.path().bytes())),
                    meta.stat().type().name().toLowerCase(java.util.Locale.ROOT),
                    meta.stat().sizeBytes(),
                    Integer.toOctalString(meta.stat().mode()),
                    MetaText.owner(meta),
                    meta.stat().modified(),
                    version.observed(),
                    version.hash().map(hash -> hash.hex()),
                    meta.linkTarget().map(target -> target.toString()));
        }
    }

    @Override
    public Integer call() {
        try (StoredBackup backup = StoredBackup.open(keepwatch.load().config())) {
            List<CatalogVersion> found =
                    path.map(some -> list(backup, backup.locate(some))).orElseGet(() -> roots(backup));
            if (found.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "the backup holds nothing at "
                                + path.map(Path::toString).orElse("any root")
                                + at.map(time -> " at " + FileText.time(time)).orElse(""));
            }
            List<Entry> entries = new ArrayList<>();
            Table table = new Table("MODE", "OWNER", ">SIZE", "MODIFIED", "PATH");
            for (CatalogVersion row : found) {
                row.version().meta().ifPresent(meta -> {
                    entries.add(Entry.of(row.version(), meta));
                    table.row(
                            MetaText.mode(meta),
                            MetaText.owner(meta),
                            size(meta),
                            FileText.time(meta.stat().modified()),
                            name(backup, row.version(), meta));
                });
            }
            output.print(new Result(entries), table::toString);
            return ExitCode.OK;
        }
    }

    private List<CatalogVersion> roots(StoredBackup backup) {
        List<CatalogVersion> found = new ArrayList<>();
        for (String root : backup.catalog().roots()) {
            found.addAll(list(backup, new WatchedRoots.Located(root, RawPath.ROOT)));
        }
        return found;
    }

    private List<CatalogVersion> list(StoredBackup backup, WatchedRoots.Located located) {
        List<CatalogVersion> found = new ArrayList<>();
        int depth = located.path().segments().size();
        backup.catalog().forEachAt(located.root(), located.path(), at, false, row -> {
            int below = row.version().path().segments().size() - depth;
            if (recursive || below == 1 || (below == 0 && !isDirectory(row.version()))) {
                found.add(row);
            }
        });
        return found;
    }

    private static boolean isDirectory(FileVersion version) {
        return version.meta()
                .map(meta -> meta.stat().type() == FileType.DIRECTORY)
                .orElse(false);
    }

    private static String size(FileMeta meta) {
        return meta.stat().type() == FileType.REGULAR ? new ByteSize(meta.stat().sizeBytes()).toString() : "";
    }

    private static String name(StoredBackup backup, FileVersion version, FileMeta meta) {
        String root = backup.config().roots().stream()
                .filter(some -> some.name().equals(version.root()))
                .findFirst()
                .map(some -> some.path().toString())
                .orElse("[" + version.root() + "]");
        String full = version.path().isRoot() ? root : (root.equals("/") ? "" : root) + "/" + version.path();
        return full
                + meta.linkTarget().map(target -> " -> " + target).orElse("")
                + (version.inconsistent() ? "  (changed while it was read)" : "");
    }
}
