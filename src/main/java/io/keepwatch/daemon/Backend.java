package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.config.Config;
import io.keepwatch.config.S3Config;
import io.keepwatch.config.StoreConfig;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.mirror.MirrorLayout;
import io.keepwatch.layout.mirror.MirrorOptions;
import io.keepwatch.layout.pack.CatalogCopies;
import io.keepwatch.layout.pack.PackLayout;
import io.keepwatch.layout.pack.PackSetting;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PriceTable;
import io.keepwatch.store.RateLimitedStore;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3ObjectStore;
import io.keepwatch.store.S3Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The layout on the store that a configuration names, or on an embedded S3 server over a folder of the state where it
 * names none. Opening makes no request.
 */
public final class Backend implements AutoCloseable {
    private static final String EMBEDDED_FOLDER = "s3";
    private static final String EMBEDDED_PREFIX = "keepwatch";
    /** Some of them wait for the store or the disk while others compress. */
    private static final int WORKERS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private final Optional<EmbeddedS3> embedded;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final Optional<CatalogCopies> copies;
    private final RequestLedger ledger;
    private final PriceTable prices;
    private final String location;
    private final ExecutorService workers;

    private Backend(
            Optional<EmbeddedS3> embedded,
            ObjectStore store,
            StorageLayout layout,
            Optional<CatalogCopies> copies,
            RequestLedger ledger,
            PriceTable prices,
            String location,
            ExecutorService workers) {
        this.embedded = embedded;
        this.store = store;
        this.layout = layout;
        this.copies = copies;
        this.ledger = ledger;
        this.prices = prices;
        this.location = location;
        this.workers = workers;
    }

    /** For reading, beside a daemon or without one. */
    public static Backend reading(Config config, CatalogReader catalog, Clock clock) throws IOException {
        return open(config, clock, (store, prefix, workers) -> switch (config.store()
                .layout()) {
            case MIRROR -> mirror(store, prefix, config, clock, false);
            case PACK ->
                PackLayout.reading(
                        store, StoreSettings.packs(config, prefix), new CatalogPackPlaces(catalog), workers, clock);
        });
    }

    /** For whoever has the catalog to himself: the daemon, or a command where none runs. */
    public static Backend writing(Config config, Catalog catalog, Clock clock) throws IOException {
        boolean established = hasStored(catalog.reader());
        return open(config, clock, (store, prefix, workers) -> switch (config.store()
                .layout()) {
            case MIRROR -> mirror(store, prefix, config, clock, established);
            case PACK -> {
                PackSetting setting = StoreSettings.packs(config, prefix);
                PackLayout.clearSpool(setting);
                yield PackLayout.writing(
                        store,
                        setting,
                        new CatalogPackIndex(catalog),
                        new CatalogLocalContents(catalog.reader(), StoreSettings.roots(config)),
                        workers,
                        clock,
                        established);
            }
        });
    }

    private static boolean hasStored(CatalogReader catalog) {
        return catalog.roots().stream()
                .anyMatch(root -> catalog.totals(root).lastDurable().isPresent());
    }

    private static StorageLayout mirror(
            ObjectStore store, String prefix, Config config, Clock clock, boolean established) {
        MirrorOptions options = new MirrorOptions(config.store().keepDeleted());
        return new MirrorLayout(store, prefix, config.host(), options, clock, established);
    }

    /** Makes the layout on a store; may ask the store. */
    interface LayoutOf {
        StorageLayout on(ObjectStore store, String prefix, Executor workers) throws IOException;
    }

    static Backend open(Config config, Clock clock, LayoutOf layoutOf) throws IOException {
        RequestLedger ledger = new RequestLedger();
        Optional<S3Config> s3 = config.store().s3();
        Optional<EmbeddedS3> embedded =
                s3.isPresent() ? Optional.empty() : Optional.of(EmbeddedS3.start(embeddedFolder(config)));
        S3Options options = embedded.map(EmbeddedS3::options).orElseGet(() -> StoreSettings.s3(config));
        ObjectStore store = StoreSettings.uploads(config)
                .<ObjectStore>map(limits -> new RateLimitedStore(
                        new S3ObjectStore(options, ledger, clock), limits, StoreSettings.NO_LIMIT, clock))
                .orElseGet(() -> new S3ObjectStore(options, ledger, clock));
        String prefix = s3.map(S3Config::prefix).orElse(EMBEDDED_PREFIX);
        String location = embedded.map(server -> embeddedFolder(config).toString())
                .orElseGet(() -> "s3://" + options.bucket() + "/" + prefix
                        + options.endpoint().map(uri -> " at " + uri).orElse(""));
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Backend::worker);
        try {
            StorageLayout layout = layoutOf.on(store, prefix, workers);
            Optional<CatalogCopies> copies = config.store().layout() == StoreConfig.Layout.PACK
                    ? Optional.of(new CatalogCopies(store, StoreSettings.packs(config, prefix), workers))
                    : Optional.empty();
            return new Backend(
                    embedded, store, layout, copies, ledger, StoreSettings.prices(config), location, workers);
        } catch (IOException | RuntimeException e) {
            workers.shutdownNow();
            store.close();
            embedded.ifPresent(EmbeddedS3::close);
            throw e;
        }
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "keepwatch-layout");
        thread.setDaemon(true);
        return thread;
    }

    private static Path embeddedFolder(Config config) {
        return config.state().resolve(EMBEDDED_FOLDER);
    }

    public StorageLayout layout() {
        return layout;
    }

    /** Where copies of the catalog go; empty in a layout that has none. */
    Optional<CatalogCopies> catalogCopies() {
        return copies;
    }

    /** Counts every request made through this backend. */
    public RequestLedger ledger() {
        return ledger;
    }

    public PriceTable prices() {
        return prices;
    }

    /** Where the objects are, as a person would say it. */
    public String location() {
        return location;
    }

    @Override
    public void close() {
        store.close();
        workers.shutdown();
        embedded.ifPresent(EmbeddedS3::close);
    }
}
