package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.PackNumber;
import io.keepwatch.config.Config;
import io.keepwatch.layout.pack.CatalogCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stores a copy of the catalog when its time has come and packs were written since the last one. */
final class CatalogCopying {
    private static final String LAST_AT = "catalog_copy.at";
    private static final String LAST_PACK = "catalog_copy.pack";

    private final Optional<Duration> every;
    private final Path file;
    private final Catalog catalog;
    private final Optional<CatalogCopies> copies;
    private final Clock clock;

    CatalogCopying(Config config, Catalog catalog, Backend backend, Clock clock) {
        this.every = config.store().catalogCopy();
        this.file = config.state().resolve("catalog-copy.sqlite");
        this.catalog = catalog;
        this.copies = backend.catalogCopies();
        this.clock = clock;
    }

    /** Whether one was stored. Blocks while the catalog is copied on the disk. */
    CompletionStage<Boolean> copyWhereDue() {
        PackNumber last = catalog.reader().packs().last();
        String pack = last.epoch() + " " + last.sequence();
        return copies.isPresent() && last.sequence() > 0 && isDue(pack)
                ? copy(copies.get(), last)
                        .thenCompose(done -> catalog.putSetting(LAST_PACK, pack))
                        .thenCompose(done ->
                                catalog.putSetting(LAST_AT, clock.instant().toString()))
                        .thenApply(done -> true)
                : CompletableFuture.completedFuture(false);
    }

    private boolean isDue(String pack) {
        Optional<Instant> last = catalog.reader().setting(LAST_AT).map(Instant::parse);
        boolean isTime = every.isPresent()
                && (last.isEmpty() || !clock.instant().isBefore(last.get().plus(every.get())));
        return isTime && !catalog.reader().setting(LAST_PACK).equals(Optional.of(pack));
    }

    private CompletionStage<Void> copy(CatalogCopies target, PackNumber last) {
        Instant at = clock.instant();
        try {
            Files.deleteIfExists(file);
            catalog.copyTo(file);
            return target.keep(file, at, last.epoch(), last.sequence()).whenComplete((done, failure) -> remove());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
