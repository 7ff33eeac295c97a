package io.keepwatch.backup;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.State;
import io.keepwatch.file.FileHasher;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the files that are there differ from what is stored. Blocks; contents are fetched only for a single file. */
public final class TreeDifference {
    private static final int CONTEXT_LINES = 3;
    private static final long TEXT_LIMIT_BYTES = 8L << 20;
    private static final int PROBE_BYTES = 8000;

    private final CatalogReader catalog;
    private final StorageLayout layout;
    private final RootDirectory directory;
    private final String root;

    public TreeDifference(CatalogReader catalog, StorageLayout layout, Path realRoot, String root) {
        this.catalog = catalog;
        this.layout = layout;
        this.directory = new RootDirectory(realRoot);
        this.root = root;
    }

    /** One path that differs: {@code changed}, {@code metadata}, {@code gone} (stored, not there), or {@code new}. */
    public record Line(String kind, String path) {}

    /** What is stored of exactly this path, now or at a time. */
    public Optional<CatalogVersion> stored(RawPath path, Optional<Instant> at) {
        Optional<CatalogVersion> found = at.isEmpty()
                ? catalog.current(root, path)
                : catalog.versions(root, path).stream()
                        .filter(row -> row.state() == State.DURABLE
                                && !row.version().observed().isAfter(at.get()))
                        .findFirst();
        return found.filter(row -> !row.version().isDeletion());
    }

    /** What is stored at or beneath a path and differs now, and what the catalog knows that was not stored then. */
    public List<Line> lines(RawPath path, Optional<Instant> at) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<IOException> problems = new ArrayList<>();
        catalog.forEachAt(
                root,
                path,
                at,
                false,
                row -> row.version().meta().ifPresent(meta -> {
                    try {
                        kind(row.version().path(), meta)
                                .ifPresent(kind -> lines.add(
                                        new Line(kind, row.version().path().toString())));
                    } catch (IOException e) {
                        problems.add(e);
                    }
                }));
        if (at.isPresent()) {
            catalog.forEachAt(root, path, Optional.empty(), false, row -> {
                if (stored(row.version().path(), at).isEmpty()) {
                    lines.add(new Line("new", row.version().path().toString()));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        return lines;
    }

    private Optional<String> kind(RawPath path, FileMeta stored) throws IOException {
        FileMeta now;
        try {
            now = directory.meta(path);
        } catch (NoSuchFileException e) {
            return Optional.of("gone");
        }
        FileStat then = stored.stat();
        if (then.type() != now.stat().type() || !stored.linkTarget().equals(now.linkTarget())) {
            return Optional.of("changed");
        }
        boolean regular = then.type() == FileType.REGULAR;
        if (regular
                && (then.sizeBytes() != now.stat().sizeBytes()
                        || !then.modified().equals(now.stat().modified()))) {
            return Optional.of("changed");
        }
        boolean sameMeta = then.mode() == now.stat().mode()
                && then.uid() == now.stat().uid()
                && then.gid() == now.stat().gid()
                && stored.xattrs().equals(now.xattrs());
        return sameMeta ? Optional.empty() : Optional.of("metadata");
    }

    /** The unified diff from the stored to the present content; one line says so where one of them is not text. */
    public List<String> unified(RawPath path, CatalogVersion stored) throws IOException {
        byte[] before = fetch(stored);
        byte[] now;
        try {
            now = present(path);
        } catch (NoSuchFileException e) {
            return List.of("gone: \"" + path + "\" is stored but not there");
        }
        if (Arrays.equals(before, now)) {
            return List.of();
        }
        if (isBinary(before) || isBinary(now)) {
            return List.of(
                    "binary contents differ: " + before.length + " bytes stored, " + now.length + " bytes there");
        }
        List<String> old = text(before);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "stored/" + path, "now/" + path, old, DiffUtils.diff(old, text(now)), CONTEXT_LINES);
        return diff.isEmpty()
                ? List.of("contents differ in line ends or in bytes that are no text: " + before.length
                        + " bytes stored, " + now.length + " bytes there")
                : diff;
    }

    private byte[] fetch(CatalogVersion stored) throws IOException {
        checkSize(stored.version().meta().map(meta -> meta.stat().sizeBytes()).orElse(0L));
        StoredVersion version = new StoredVersion(
                stored.version(), new Location(stored.location().orElse("")));
        try (InputStream in = layout.open(version).toCompletableFuture().join().open(0)) {
            return in.readAllBytes();
        }
    }

    private byte[] present(RawPath path) throws IOException {
        checkSize(directory.meta(path).stat().sizeBytes());
        try (InputStream in = new FileHasher(directory).hash(path).content().open(0)) {
            return in.readAllBytes();
        }
    }

    private static void checkSize(long bytes) throws IOException {
        if (bytes > TEXT_LIMIT_BYTES) {
            throw new IOException("the file has " + bytes + " bytes, too many to compare line by line; restore it with"
                    + " --to and use cmp");
        }
    }

    private static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, PROBE_BYTES); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Lines that are safe on a terminal. */
    private static List<String> text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> DisplayText.of(line.replace("\t", "    ")).replace("\\\\", "\\"))
                .toList();
    }
}
