package io.keepwatch.daemon;

import io.keepwatch.backup.Rebuilder;
import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogException;
import io.keepwatch.config.Config;
import io.keepwatch.config.StoreConfig;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.pack.CatalogCopies;
import io.keepwatch.layout.pack.HostListing;
import io.keepwatch.layout.pack.PackLayout;
import io.keepwatch.layout.pack.PackSetting;
import io.keepwatch.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The catalog and the store of a rebuild, on a state folder without a catalog. In the pack layout the bucket is listed once;
 * the newest copy of the catalog is put in place, where there is one, and only packs that it does not know are to be read.
 */
public final class RebuildSession implements AutoCloseable {
    private final Config config;
    private final Clock clock;
    private final boolean fromPacks;
    private final Consumer<String> problem;
    private @Nullable Catalog catalog;
    private @Nullable Backend backend;
    private Optional<String> copy = Optional.empty();
    private Optional<Rebuilder.Listing> listing = Optional.empty();

    private RebuildSession(Config config, Clock clock, boolean fromPacks, Consumer<String> problem) {
        this.config = config;
        this.clock = clock;
        this.fromPacks = fromPacks;
        this.problem = problem;
    }

    /**
     * Blocks. A copy of the catalog that cannot be used is told, and all packs are read instead.
     *
     * @param fromPacks whether copies of the catalog are left alone
     */
    public static RebuildSession open(Config config, Clock clock, boolean fromPacks, Consumer<String> problem)
            throws IOException {
        RebuildSession session = new RebuildSession(config, clock, fromPacks, problem);
        boolean opened = false;
        try {
            session.open();
            opened = true;
            return session;
        } finally {
            if (!opened) {
                session.closeCatalog();
            }
        }
    }

    private void open() throws IOException {
        if (config.store().layout() == StoreConfig.Layout.PACK) {
            backend = Backend.open(config, clock, this::packs);
        } else {
            Catalog empty = Catalog.open(config.state());
            catalog = empty;
            backend = Backend.writing(config, empty, clock);
        }
    }

    private StorageLayout packs(ObjectStore store, String prefix, Executor workers) throws IOException {
        PackSetting setting = StoreSettings.packs(config, prefix);
        HostListing found =
                HostListing.read(store, setting).toCompletableFuture().join();
        Optional<String> newest = fromPacks ? Optional.empty() : found.newestCatalogCopy();
        if (newest.isPresent() && isInstalled(new CatalogCopies(store, setting, workers), newest.get())) {
            copy = newest;
        }
        Catalog opened = Catalog.open(config.state());
        catalog = opened;
        PackLayout.clearSpool(setting);
        PackLayout layout =
                PackLayout.writing(store, setting, new CatalogPackIndex(opened), workers, clock, copy.isPresent());
        listing = Optional.of((version, sentence) -> layout.list(found, version, sentence));
        return layout;
    }

    private boolean isInstalled(CatalogCopies copies, String key) throws IOException {
        Files.createDirectories(config.state());
        Path fetched = config.state().resolve("catalog-copy.sqlite");
        try {
            copies.fetch(key, fetched);
            Catalog.installCopy(config.state(), fetched);
            return true;
        } catch (IOException | CatalogException e) {
            problem.accept("the copy of the catalog \"" + key + "\" cannot be used (" + e.getMessage()
                    + "); the packs are read instead");
            return false;
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    public Catalog catalog() {
        return opened(catalog);
    }

    public Backend backend() {
        return opened(backend);
    }

    /** Where the versions come from that the catalog does not know yet. */
    public Rebuilder.Listing listing() {
        return listing.orElse(backend().layout()::list);
    }

    /** The key of the copy of the catalog that was used. */
    public Optional<String> copy() {
        return copy;
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the rebuild was not opened");
        }
        return part;
    }

    private void closeCatalog() {
        Catalog open = catalog;
        if (open != null) {
            open.close();
        }
    }

    /** The catalog; whoever took the backend closes that. */
    @Override
    public void close() {
        closeCatalog();
    }
}
