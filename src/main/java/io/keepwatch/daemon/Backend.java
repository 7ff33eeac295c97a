package io.keepwatch.daemon;

import io.keepwatch.config.Config;
import io.keepwatch.config.S3Config;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.mirror.MirrorLayout;
import io.keepwatch.layout.mirror.MirrorOptions;
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

/**
 * The layout on the store that a configuration names, or on an embedded S3 server over a folder of the state where it
 * names none. Opening makes no request.
 */
public final class Backend implements AutoCloseable {
    private static final String EMBEDDED_FOLDER = "s3";
    private static final String EMBEDDED_PREFIX = "keepwatch";

    private final Optional<EmbeddedS3> embedded;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final RequestLedger ledger;
    private final PriceTable prices;
    private final String location;

    private Backend(
            Optional<EmbeddedS3> embedded,
            ObjectStore store,
            StorageLayout layout,
            RequestLedger ledger,
            PriceTable prices,
            String location) {
        this.embedded = embedded;
        this.store = store;
        this.layout = layout;
        this.ledger = ledger;
        this.prices = prices;
        this.location = location;
    }

    /** For reading. */
    public static Backend open(Config config, Clock clock) throws IOException {
        return open(config, clock, false);
    }

    /** @param established the catalog holds stored versions, so that a bucket without any trace of them is refused */
    static Backend open(Config config, Clock clock, boolean established) throws IOException {
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
        StorageLayout layout = new MirrorLayout(
                store, prefix, config.host(), new MirrorOptions(config.store().keepDeleted()), clock, established);
        String location = embedded.map(server -> embeddedFolder(config).toString())
                .orElseGet(() -> "s3://" + options.bucket() + "/" + prefix
                        + options.endpoint().map(uri -> " at " + uri).orElse(""));
        return new Backend(embedded, store, layout, ledger, StoreSettings.prices(config), location);
    }

    private static Path embeddedFolder(Config config) {
        return config.state().resolve(EMBEDDED_FOLDER);
    }

    public StorageLayout layout() {
        return layout;
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
        embedded.ifPresent(EmbeddedS3::close);
    }
}
