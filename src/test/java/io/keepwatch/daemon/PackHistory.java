package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.AdoptedVersion;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.catalog.Claim;
import io.keepwatch.catalog.Durable;
import io.keepwatch.catalog.ExpiryRequest;
import io.keepwatch.catalog.PackNumber;
import io.keepwatch.catalog.PackRecord;
import io.keepwatch.catalog.PendingChange;
import io.keepwatch.catalog.Retention;
import io.keepwatch.catalog.RetentionRules;
import io.keepwatch.catalog.State;
import io.keepwatch.file.Content;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.Location;
import io.keepwatch.layout.PendingVersion;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.layout.pack.CatalogCopies;
import io.keepwatch.layout.pack.HostListing;
import io.keepwatch.layout.pack.PackCipher;
import io.keepwatch.layout.pack.PackLayout;
import io.keepwatch.layout.pack.PackOptions;
import io.keepwatch.layout.pack.PackSavings;
import io.keepwatch.layout.pack.PackSetting;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One machine's backup in packs through its life: a tree in memory, the real catalog, and a bucket in memory. */
final class PackHistory implements AutoCloseable {
    private static final String ROOT = "home";
    private static final Retention RETENTION = new Retention(Duration.ofHours(6), 1, 1, 0, 0, 0);

    /** More than the packs of which little is needed: these were merged because they are small. */
    private static final int MANY = 15;

    private final Path folder;
    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final MovingClock clock = new MovingClock(Instant.parse("2026-03-20T12:00:00Z"));
    private final MortalStore store =
            new MortalStore(new MemoryObjectStore(new RequestLedger(), clock), this::checkDeletion);
    private final Map<RawPath, Integer> tree = new TreeMap<>();
    private final NumberedContents contents = new NumberedContents();
    /** Every version that was durable and has not expired. */
    private final Map<String, FileVersion> retained = new TreeMap<>();

    private final Set<String> rewritten = new HashSet<>();
    private final Set<Happening> happened = EnumSet.noneOf(Happening.class);
    private final List<String> violations = new ArrayList<>();
    private int states;
    private Catalog catalog;
    private PackLayout layout;

    /** What a history should have met to be worth something. */
    enum Happening {
        PACKS_WERE_REWRITTEN,
        MANY_PACKS_BECAME_ONE,
        PACKS_WERE_DELETED,
        DIED_WHILE_REWRITING,
        REBUILT_AFTER_A_REWRITE
    }

    PackHistory(Path folder) throws IOException {
        this.folder = folder;
        this.catalog = Catalog.open(state());
        this.layout = layout();
    }

    private Path state() {
        return folder.resolve("state-" + states);
    }

    private PackSetting setting() {
        return new PackSetting(
                "b",
                "k",
                "h",
                folder.resolve("packs"),
                PackOptions.DEFAULT,
                PackCipher.NONE,
                RETENTION.keepAll(),
                PackSetting.GRACE,
                Duration.ZERO,
                Optional.empty());
    }

    private PackLayout layout() throws IOException {
        PackLayout.clearSpool(setting());
        boolean established = catalog.reader().roots().stream()
                .anyMatch(root -> catalog.reader().totals(root).lastDurable().isPresent());
        return PackLayout.writing(store, setting(), new CatalogPackIndex(catalog), workers, clock, established);
    }

    void change(int path, int content) {
        tree.put(RawPath.of("directory-" + path % 2 + "/file-" + path), content);
    }

    void delete(int path) {
        tree.remove(RawPath.of("directory-" + path % 2 + "/file-" + path));
    }

    void advance(Duration duration) {
        clock.advance(duration);
    }

    void dieAfter(int requests, boolean done) {
        store.dieAfter(requests, done);
    }

    boolean isDead() {
        return store.isDead();
    }

    /** A new process on the same machine, with a store that answers again. */
    void restart() throws IOException {
        catalog.close();
        store.revive();
        catalog = Catalog.open(state());
        layout = layout();
    }

    /** What a comparison finds, stored as an uploader does it. */
    void flush() {
        catalog.addPending(changes()).join();
        // As the uploader, it says when it read: two looks at a file are never at one moment.
        clock.advance(Duration.ofMillis(1));
        List<Claim> rows = new ArrayList<>();
        for (CatalogVersion row : catalog.reader().claimable(1_000, clock.instant())) {
            read(row.version())
                    .ifPresentOrElse(
                            version -> rows.add(new Claim(row.id(), version)),
                            () -> catalog.drop(List.of(row.id())).join());
        }
        if (rows.isEmpty()) {
            return;
        }
        catalog.markUploading(rows).join();
        List<PendingVersion> versions = rows.stream()
                .map(row -> new PendingVersion(
                        row.version(),
                        row.version().hash().map(hash -> new MemoryContent(contents.with(hash))),
                        stored(catalog.reader().current(ROOT, row.version().path())),
                        stored(row.version().hash().flatMap(catalog.reader()::withHash))))
                .toList();
        await(layout.store(new Flush(rows.get(0).id(), clock.instant(), versions)))
                .ifPresent(outcomes -> {
                    List<Durable> durable = new ArrayList<>();
                    for (int i = 0; i < rows.size(); i++) {
                        if (outcomes.get(i) instanceof StoreOutcome.Stored stored) {
                            durable.add(new Durable(
                                    rows.get(i).id(), stored.location().text(), clock.instant()));
                            retained.put(key(rows.get(i).version()), rows.get(i).version());
                        }
                    }
                    catalog.markDurable(durable).join();
                });
        catalog.giveBack(rows.stream().map(Claim::id).toList()).join();
    }

    /** What waited in a catalog is only a hint: the file is read again. Empty where it is gone. */
    private Optional<FileVersion> read(FileVersion hint) {
        if (hint.isDeletion()) {
            return Optional.of(hint);
        }
        return Optional.ofNullable(tree.get(hint.path())).map(number -> {
            byte[] bytes = contents.of(number);
            return file(hint.path(), bytes, Sha256.hash(bytes), clock.instant());
        });
    }

    private List<PendingChange> changes() {
        List<PendingChange> changes = new ArrayList<>();
        tree.forEach((path, number) -> {
            byte[] bytes = contents.of(number);
            Sha256 hash = Sha256.hash(bytes);
            Optional<CatalogVersion> current = catalog.reader().current(ROOT, path);
            if (current.flatMap(row -> row.version().hash())
                    .filter(hash::equals)
                    .isEmpty()) {
                changes.add(new PendingChange(file(path, bytes, hash, clock.instant()), false));
            }
        });
        catalog.reader().forEachAt(ROOT, RawPath.ROOT, Optional.empty(), false, row -> {
            if (!tree.containsKey(row.version().path())) {
                changes.add(new PendingChange(
                        FileVersion.deleted(ROOT, row.version().path(), clock.instant()), false));
            }
        });
        return changes;
    }

    private static FileVersion file(RawPath path, byte[] bytes, Sha256 hash, Instant now) {
        FileStat stat = new FileStat(FileType.REGULAR, bytes.length, now, now, 64, 1, 1, 0644, 1000, 100, 0);
        FileMeta meta =
                new FileMeta(stat, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        return new FileVersion(ROOT, path, now, Optional.of(meta), Optional.of(hash), false);
    }

    void expire() {
        ExpiryRequest request =
                new ExpiryRequest(new RetentionRules(RETENTION, List.of()), clock.instant(), ZoneOffset.UTC, true);
        catalog.expire(request, gone -> gone.forEach(row -> retained.remove(key(row.version()))));
    }

    void maintain() {
        PackSavings planned = PackSavings.of(
                new CatalogPackIndex(catalog).uses(), clock.instant(), RETENTION.keepAll(), Optional.empty());
        int before = catalog.reader().packs().stored().size();
        boolean deleted = await(layout.maintain(clock.instant())).orElse(0L) > 0;
        List<PackRecord> after = catalog.reader().packs().stored();
        boolean newOnes = rewritten.addAll(after.stream()
                .filter(pack -> pack.level() > 0)
                .map(PackRecord::name)
                .toList());
        note(newOnes, Happening.PACKS_WERE_REWRITTEN);
        note(before - after.size() - planned.deadPacks() >= MANY, Happening.MANY_PACKS_BECAME_ONE);
        note(deleted, Happening.PACKS_WERE_DELETED);
        note(planned.rewrittenPacks() > 0 && isDead(), Happening.DIED_WHILE_REWRITING);
    }

    private void note(boolean met, Happening happening) {
        if (met) {
            happened.add(happening);
        }
    }

    void copyCatalog() throws IOException {
        Path copy = folder.resolve("copy.sqlite");
        Files.deleteIfExists(copy);
        catalog.copyTo(copy);
        PackNumber last = catalog.reader().packs().last();
        await(new CatalogCopies(store, setting(), workers)
                .keep(copy, clock.instant(), last.epoch(), last.sequence())
                .thenApply(done -> true));
    }

    /** A new machine that has nothing but the bucket; where the store goes away meanwhile, once more from the start. */
    void rebuild(boolean fromPacks) throws IOException {
        for (boolean done = false; !done; store.revive()) {
            catalog.close();
            states++;
            done = rebuilt(fromPacks);
        }
        assertThat(missing()).isEmpty();
        retained.values()
                .forEach(version -> assertThat(catalog.reader().versions(ROOT, version.path()).stream()
                                .filter(row -> row.state() == State.DURABLE)
                                .map(row -> key(row.version())))
                        .as(version.path().toString())
                        .contains(key(version)));
        note(!rewritten.isEmpty(), Happening.REBUILT_AFTER_A_REWRITE);
    }

    private boolean rebuilt(boolean fromPacks) throws IOException {
        Files.createDirectories(state());
        Optional<HostListing> listing = await(HostListing.read(store, setting()));
        Optional<String> copy = fromPacks ? Optional.empty() : listing.flatMap(HostListing::newestCatalogCopy);
        if (copy.isPresent()) {
            Path fetched = state().resolve("fetched.sqlite");
            try {
                new CatalogCopies(store, setting(), workers).fetch(copy.get(), fetched);
                Catalog.installCopy(state(), fetched);
            } catch (IOException e) {
                assertThat(isDead()).isTrue();
            }
        }
        catalog = Catalog.open(state());
        layout = layout();
        List<AdoptedVersion> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean read = listing.isPresent()
                && await(layout.list(
                                        listing.get(),
                                        version -> found.add(new AdoptedVersion(
                                                version.version(),
                                                version.location().text())),
                                        problems::add)
                                .thenApply(done -> true))
                        .isPresent();
        boolean whole = read && problems.isEmpty() && !isDead();
        assertThat(whole || isDead()).as(problems.toString()).isTrue();
        if (whole) {
            catalog.adopt(found).join();
        }
        return whole;
    }

    private List<String> missing() {
        List<String> problems = new ArrayList<>();
        await(layout.missing(new VerifyRequest(
                each -> catalog.reader()
                        .forEachAt(
                                ROOT,
                                RawPath.ROOT,
                                Optional.empty(),
                                false,
                                row -> each.accept(stored(Optional.of(row)).orElseThrow())),
                problems::add)));
        return problems;
    }

    /** Every retained version has its own bytes, by this catalog; nothing that is needed was ever deleted. */
    void check() throws IOException {
        assertThat(violations).isEmpty();
        Set<Sha256> seen = new HashSet<>();
        for (FileVersion version : retained.values()) {
            if (version.isDeletion() || !seen.add(version.hash().orElseThrow())) {
                continue;
            }
            Content content = await(layout.open(new StoredVersion(version, new Location(""))))
                    .orElseThrow();
            try (InputStream in = content.open(0)) {
                assertThat(Sha256.hash(in.readAllBytes()))
                        .as(key(version))
                        .isEqualTo(version.hash().orElseThrow());
            }
        }
    }

    int retained() {
        return retained.size();
    }

    boolean met(Happening happening) {
        return happened.contains(happening);
    }

    private void checkDeletion(List<String> keys) {
        catalog.reader().packs().stored().stream()
                .filter(pack -> keys.contains("k/h/packs/" + pack.name() + ".tar.zst"))
                .forEach(pack -> violations.add("stored pack " + pack.name() + " was deleted"));
    }

    private static Optional<StoredVersion> stored(Optional<CatalogVersion> row) {
        return row.map(found ->
                new StoredVersion(found.version(), new Location(found.location().orElse(""))));
    }

    private static String key(FileVersion version) {
        return version.path() + " " + version.observed() + " "
                + version.hash().map(Sha256::hex).orElse("gone");
    }

    /** Empty where the store went away; nothing else may fail. */
    private <T> Optional<T> await(CompletionStage<T> stage) {
        try {
            return Optional.of(stage.toCompletableFuture().join());
        } catch (CompletionException e) {
            if (isDead() && Failures.cause(e) instanceof StoreException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        catalog.close();
        workers.shutdownNow();
    }
}
