package io.keepwatch.daemon;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.ExpiryCounts;
import io.keepwatch.config.Config;
import io.keepwatch.layout.pack.PackSavings;
import io.keepwatch.store.Bill;
import io.keepwatch.store.RequestCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a maintenance would remove now. It is tried on a copy of the catalog, so the answer is exact, nothing is changed,
 * and no request is made; the state folder needs room for a second catalog meanwhile.
 */
public record PruneEstimate(ExpiryCounts expired, PackSavings packs, Bill saved) {
    /** Beside a daemon or without one; blocks for some seconds a million versions. */
    public static PruneEstimate of(Config config, CatalogReader catalog, Clock clock, boolean evenMost)
            throws IOException {
        Path folder = Files.createTempDirectory(config.state(), "prune-");
        try {
            Path copy = folder.resolve("copy.sqlite");
            catalog.copyTo(copy);
            Path state = folder.resolve("state");
            Catalog.installCopy(state, copy);
            try (Catalog trial = Catalog.open(state)) {
                ExpiryCounts expired =
                        trial.expire(Maintenance.expiry(config, clock.instant(), evenMost), removed -> {});
                PackSavings packs = PackSavings.of(
                        new CatalogPackIndex(trial).uses(),
                        clock.instant(),
                        config.store().retention().standard().keepAll(),
                        StoreSettings.objectLock(config));
                return new PruneEstimate(
                        expired, packs, StoreSettings.prices(config).bill(RequestCounts.NONE, packs.savedBytes()));
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
