package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.DirectoryQuery;
import io.keepwatch.catalog.State;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MetaText;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.http.FileEntry;
import io.keepwatch.http.FilesView;
import io.keepwatch.http.Page;
import io.keepwatch.http.PageRequest;
import io.keepwatch.http.RefusedException;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.unit.DisplayText;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Shows what the catalog knows of files, and fetches the content of one. */
final class FileBoard implements FilesView {
    private final Set<String> configured;
    private final CatalogReader catalog;
    private final StorageLayout layout;
    private final ContentCopy copies;
    private final Executor workers;

    FileBoard(
            Set<String> configured, CatalogReader catalog, StorageLayout layout, ContentCopy copies, Executor workers) {
        this.configured = Set.copyOf(configured);
        this.catalog = catalog;
        this.layout = layout;
        this.copies = copies;
        this.workers = workers;
    }

    @Override
    public Page<FileEntry> files(Directory directory, PageRequest page) {
        requireRoot(directory.root());
        byte[] behind = page.cursor().map(FileBoard::nameAt).orElseGet(() -> new byte[0]);
        List<CatalogVersion> found = catalog.entriesAt(
                new DirectoryQuery(directory.root(), directory.path(), directory.at(), directory.withDeleted()),
                behind,
                page.limit() + 1);
        if (found.isEmpty() && !directory.path().isRoot()) {
            versions(directory.root(), directory.path());
        }
        return Page.of(found, page.limit(), row -> row.version().path().toString())
                .map(FileBoard::entry);
    }

    private static byte[] nameAt(String cursor) {
        return RefusedException.unlessMisread(
                () -> RawPath.of(DisplayText.bytes(cursor)).name(),
                "cursor is \"" + cursor + "\": use next of the page before");
    }

    @Override
    public Page<FileEntry.Version> versions(String root, RawPath path, PageRequest page) {
        List<CatalogVersion> all = versions(root, path);
        Optional<Long> last = page.number();
        List<CatalogVersion> rest = last.isEmpty()
                ? all
                : all.stream().dropWhile(row -> row.id() != last.get()).skip(1).toList();
        long current = all.stream()
                .filter(row -> row.state() == State.DURABLE)
                .mapToLong(CatalogVersion::id)
                .findFirst()
                .orElse(-1);
        return Page.of(rest.stream().limit(page.limit() + 1L).toList(), page.limit(), row -> String.valueOf(row.id()))
                .map(row -> entry(row).in(state(row, current)));
    }

    private static String state(CatalogVersion row, long current) {
        return switch (row.state()) {
            case PENDING -> "pending";
            case UPLOADING -> "uploading";
            case DURABLE -> row.id() == current ? "current" : "past";
        };
    }

    @Override
    public StoredContent content(String root, RawPath path, Optional<Long> version) {
        CatalogVersion row = find(root, path, version);
        FileVersion found = row.version();
        Optional<Sha256> hash = found.hash();
        if (!found.hasContent() || hash.isEmpty()) {
            throw new RefusedException(
                    404,
                    "No content",
                    "version " + row.id() + " of \"" + path + "\" is "
                            + entry(row).type().orElse("a deletion") + ", which has no content");
        }
        long bytes = found.meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
        return new StoredContent(root, path, row.id(), bytes, hash.get().hex());
    }

    @Override
    public CompletionStage<FileChannel> open(StoredContent content) {
        return CompletableFuture.supplyAsync(
                        () -> find(content.root(), content.path(), Optional.of(content.version())), workers)
                .thenCompose(row -> layout.open(new StoredVersion(
                        row.version(), new Location(row.location().orElse("")))))
                .thenApplyAsync(stored -> copies.of(stored, content.sha256()), workers);
    }

    private CatalogVersion find(String root, RawPath path, Optional<Long> version) {
        return versions(root, path).stream()
                .filter(row -> row.state() == State.DURABLE)
                .filter(row -> version.isEmpty() || version.get() == row.id())
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("\"" + path + "\" has no durable version"
                        + version.map(id -> " " + id).orElse("") + ": see files/versions"));
    }

    private List<CatalogVersion> versions(String root, RawPath path) {
        requireRoot(root);
        List<CatalogVersion> found = catalog.versions(root, path);
        if (found.isEmpty()) {
            throw RefusedException.notFound("the backup knows no \"" + path + "\" in the root \"" + root + "\"");
        }
        return found;
    }

    private void requireRoot(String root) {
        TreeSet<String> known = new TreeSet<>(configured);
        if (!known.contains(root)) {
            known.addAll(catalog.roots());
        }
        if (!known.contains(root)) {
            throw RefusedException.notFound(
                    "the root \"" + root + "\" is not known; the roots are " + String.join(", ", known));
        }
    }

    private static FileEntry entry(CatalogVersion row) {
        FileVersion version = row.version();
        Optional<FileMeta> meta = version.meta();
        return new FileEntry(
                row.id(),
                DisplayText.of(version.path().name()),
                version.path().toString(),
                version.isDeletion(),
                meta.map(some -> word(some.stat().type())),
                meta.map(some -> some.stat().sizeBytes()),
                meta.map(MetaText::mode),
                meta.map(MetaText::owner),
                meta.map(some -> some.stat().modified()),
                version.observed(),
                row.durable(),
                version.hash().map(Sha256::hex),
                meta.flatMap(FileMeta::linkTarget).map(target -> DisplayText.of(target.toArray())),
                version.inconsistent());
    }

    private static String word(FileType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
