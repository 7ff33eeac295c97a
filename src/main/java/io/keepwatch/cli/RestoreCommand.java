package io.keepwatch.cli;

import io.keepwatch.backup.restore.OverwriteRule;
import io.keepwatch.backup.restore.Ownership;
import io.keepwatch.backup.restore.RestoreException;
import io.keepwatch.backup.restore.RestoreReport;
import io.keepwatch.backup.restore.RestoreRequest;
import io.keepwatch.backup.restore.RestoreRoot;
import io.keepwatch.backup.restore.Restorer;
import io.keepwatch.backup.restore.TargetDirectory;
import io.keepwatch.backup.restore.VersionSource;
import io.keepwatch.config.Config;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Brings files back from the store. */
@Command(
        name = "restore",
        header = "Bring files back, verified, with all their metadata.",
        description = "Restores files with all their metadata, verified by hash. Works beside the running daemon and"
                + " without it. Running the same command again continues one that was interrupted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch restore /etc/nginx --to /tmp/nginx         look at it elsewhere first",
            "  keepwatch restore /etc/hosts --overwrite always      put it back in place",
            "  keepwatch restore '/home/**/*.txt' --to /tmp/texts",
            "  keepwatch restore etc --at 2h --to /tmp/etc          a root by its name, two hours ago",
            "  keepwatch restore /srv --dry-run"
        })
final class RestoreCommand implements Callable<Integer> {
    private static final int SHOWN_NOTES = 20;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Mixin
    private IdentityOption identity;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths, globs (*, **, ?, [..]) or root names.")
    private List<String> patterns = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "As it was then. Default: the newest.")
    private Optional<Instant> at = Optional.empty();

    @Option(names = "--to", paramLabel = "DIR", description = "Where to. Default: where it was.")
    private Optional<Path> to = Optional.empty();

    @Option(
            names = "--overwrite",
            paramLabel = "never|older|always",
            description = "What happens to files that are there and differ. Default: never.")
    private OverwriteRule overwrite = OverwriteRule.NEVER;

    @Option(names = "--map-names", description = "Owners by name instead of by number.")
    private boolean mapNames;

    @Option(names = "--devices", description = "Restore device files too (needs root).")
    private boolean devices;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only say what would be done.")
    private boolean dryRun;

    record Result(
            boolean complete,
            boolean dryRun,
            long restored,
            long bytes,
            long unchanged,
            long skipped,
            long failed,
            List<Note> skippedPaths,
            List<Note> failedPaths,
            List<String> warnings,
            Optional<String> stopped) {}

    record Note(String root, String path, String reason) {
        static List<Note> of(List<RestoreReport.Note> notes) {
            return notes.stream()
                    .map(note -> new Note(note.root(), note.path().toString(), note.reason()))
                    .toList();
        }
    }

    @Override
    public Integer call() throws IOException {
        Config config = identity.in(keepwatch.load().config());
        if (!dryRun) {
            IdentityOption.require(config);
        }
        ExecutorService workers = Executors.newFixedThreadPool(Restorer.PARALLEL);
        try (StoredBackup backup = StoredBackup.open(config);
                BilledStore store = BilledStore.open(backup, spec.commandLine().getErr())) {
            RestoreReport report = restore(backup, store, workers);
            output.print(result(report), () -> text(report));
            return report.isComplete() ? ExitCode.OK : ExitCode.PROBLEM;
        } catch (RestoreException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, String.valueOf(e.getMessage()));
        } finally {
            workers.shutdownNow();
        }
    }

    private RestoreReport restore(StoredBackup backup, BilledStore store, ExecutorService workers) throws IOException {
        VersionSource versions = (root, prefix, time, each) -> backup.catalog()
                .forEachAt(
                        root,
                        prefix,
                        time,
                        false,
                        row -> each.accept(new StoredVersion(
                                row.version(), new Location(row.location().orElse("")))));
        Restorer restorer = new Restorer(versions, store.layout(), roots(backup), workers, Restorer.PARALLEL);
        try (Progress progress = keepwatch.progress(dryRun ? "comparing" : "restoring")) {
            return restorer.restore(request(backup), done -> {
                progress.expect(done.totalBytes());
                progress.update(done.entries(), done.bytes());
            });
        }
    }

    private static List<RestoreRoot> roots(StoredBackup backup) {
        List<RestoreRoot> roots = new ArrayList<>();
        backup.config().roots().forEach(root -> roots.add(new RestoreRoot(root.name(), root.path())));
        // A root that is configured no more can still be restored, by its name and to another place.
        backup.catalog().roots().stream()
                .filter(name -> roots.stream().noneMatch(root -> root.name().equals(name)))
                .forEach(name -> roots.add(new RestoreRoot(name, Path.of("/nonexistent", name))));
        return roots;
    }

    private RestoreRequest request(StoredBackup backup) {
        return new RestoreRequest(
                patterns.stream()
                        .map(text -> new RestorePattern(backup, text).absolute())
                        .toList(),
                at,
                to.map(target -> TargetDirectory.named(target.toAbsolutePath().normalize())),
                overwrite,
                mapNames ? Ownership.NAMES : Ownership.NUMBERS,
                devices,
                dryRun,
                true);
    }

    private Result result(RestoreReport report) {
        return new Result(
                report.isComplete(),
                dryRun,
                report.restored(),
                report.bytes(),
                report.unchanged(),
                report.skipped(),
                report.failed(),
                Note.of(report.skippedNotes()),
                Note.of(report.failedNotes()),
                report.warnings(),
                report.stopped());
    }

    private String text(RestoreReport report) {
        StringBuilder text = new StringBuilder();
        notes(text, "not restored: ", report.failedNotes());
        notes(text, "kept: ", report.skippedNotes());
        report.warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        report.stopped()
                .ifPresent(reason -> text.append("stopped: ").append(reason).append('\n'));
        return text.append(dryRun ? "would restore " : "restored ")
                .append(report.restored())
                .append(report.restored() == 1 ? " entry (" : " entries (")
                .append(new ByteSize(report.bytes()))
                .append("), ")
                .append(report.unchanged())
                .append(" were there already, ")
                .append(report.skipped())
                .append(" kept, ")
                .append(report.failed())
                .append(" failed\n")
                .toString();
    }

    private static void notes(StringBuilder text, String begin, List<RestoreReport.Note> notes) {
        notes.stream()
                .limit(SHOWN_NOTES)
                .forEach(note -> text.append(begin)
                        .append(note.root())
                        .append(": ")
                        .append(note.path())
                        .append(": ")
                        .append(note.reason())
                        .append('\n'));
        if (notes.size() > SHOWN_NOTES) {
            text.append(begin).append(notes.size() - SHOWN_NOTES).append(" more; --json shows them\n");
        }
    }
}
