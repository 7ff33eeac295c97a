package io.keepwatch.layout.pack;

import io.keepwatch.layout.ListWalk;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All objects of a host: its packs and the copies of its catalog, from one list, a request for each 1,000 objects. */
public final class HostListing {
    private final PackKeys keys;
    private final List<ListedObject> objects;

    private HostListing(PackKeys keys, List<ListedObject> objects) {
        this.keys = keys;
        this.objects = objects;
    }

    public static CompletionStage<HostListing> read(ObjectStore store, PackSetting setting) {
        return read(store, PackKeys.of(setting));
    }

    static CompletionStage<HostListing> read(ObjectStore store, PackKeys keys) {
        List<ListedObject> objects = new ArrayList<>();
        return ListWalk.pages(store, keys.top(), page -> {
                    objects.addAll(page.objects());
                    return CompletableFuture.completedFuture(true);
                })
                .thenApply(done -> new HostListing(keys, objects));
    }

    /** What lies among the packs, whether it is one or not. */
    List<ListedObject> packs() {
        return objects.stream()
                .filter(object -> object.key().startsWith(keys.packs()))
                .toList();
    }

    /** The key of the newest copy of the catalog. */
    public Optional<String> newestCatalogCopy() {
        return objects.stream()
                .map(ListedObject::key)
                .filter(keys::isCatalogCopy)
                .max(Comparator.naturalOrder());
    }
}
