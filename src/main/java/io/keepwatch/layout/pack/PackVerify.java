package io.keepwatch.layout.pack;

import io.keepwatch.layout.ListWalk;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Compares the packs in the bucket with those of the catalog by size and ETag, a list request for each 1,000, and the
 * catalog with itself: every version's content must lie in a pack. The catalog is asked before the list, so that a pack
 * which is stored meanwhile is no difference.
 */
final class PackVerify {
    private final ObjectStore store;
    private final PackKeys keys;
    private final PackPlaces places;
    private final VerifyRequest request;
    private final Executor workers;
    private final Map<String, PackFacts> expected = new HashMap<>();
    private final Set<PackName> lost = new HashSet<>();
    private long checked;
    private long missing;
    private long different;
    private long unknown;

    PackVerify(ObjectStore store, PackKeys keys, PackPlaces places, VerifyRequest request, Executor workers) {
        this.store = store;
        this.keys = keys;
        this.places = places;
        this.request = request;
        this.workers = workers;
    }

    CompletionStage<VerifyReport> run() {
        return CompletableFuture.runAsync(
                        () -> places.stored().forEach(pack -> expected.put(keys.pack(pack.name()), pack)), workers)
                .thenCompose(done -> ListWalk.pages(store, keys.packs(), page -> {
                    page.objects().forEach(this::compare);
                    return CompletableFuture.completedFuture(true);
                }))
                .thenRunAsync(this::compareVersions, workers)
                .thenApply(done -> new VerifyReport(checked, missing, different, unknown));
    }

    private void compare(ListedObject info) {
        Optional<PackFacts> pack = Optional.ofNullable(expected.remove(info.key()));
        if (pack.isEmpty()) {
            unknown++;
            return;
        }
        checked++;
        if (!pack.get().looksLike(info.sizeBytes(), info.etag())) {
            different++;
            lost.add(pack.get().name());
            request.problem()
                    .accept("pack \"" + info.key() + "\" differs: it has " + info.sizeBytes() + " bytes and ETag "
                            + info.etag() + ", stored were " + pack.get().bytes() + " bytes with "
                            + pack.get().etag());
        }
    }

    private void compareVersions() {
        expected.forEach((key, pack) -> {
            checked++;
            missing++;
            lost.add(pack.name());
            request.problem().accept("pack \"" + key + "\" is missing in the bucket");
        });
        missing += new ContentCheck(places, request, lost).run();
    }
}
