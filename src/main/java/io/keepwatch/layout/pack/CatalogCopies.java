package io.keepwatch.layout.pack;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.ListWalk;
import io.keepwatch.store.GetObject;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Copies of the catalog beside the packs, so that a rebuild need not read the end of every pack: {@code
 * catalog/<end time>-<epoch>-<sequence>.sqlite.zst}, compressed and encrypted as packs are. Any thread.
 */
public final class CatalogCopies {
    /** One that was cut short by a damaged disk must not be the only one. */
    static final int KEPT = 3;

    private static final int LEVEL = 6;

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackSetting setting;
    private final Executor workers;

    public CatalogCopies(ObjectStore store, PackSetting setting, Executor workers) {
        this.store = store;
        this.keys = PackKeys.of(setting);
        this.setting = setting;
        this.workers = workers;
    }

    /**
     * Sends a copy and removes all but the newest three: 1 PUT, 1 LIST, and a DELETE where there are more.
     *
     * @param catalog a file that nobody writes
     * @param at when it was made
     * @param sequence the last number its packs have, of this epoch
     */
    public CompletionStage<Void> keep(Path catalog, Instant at, String epoch, long sequence) {
        return CompletableFuture.supplyAsync(() -> compressed(catalog), workers)
                .thenCompose(file -> send(file, keys.catalogCopy(at, epoch, sequence))
                        .whenCompleteAsync((done, failure) -> discard(file), workers))
                .thenCompose(done -> removeOld());
    }

    private SpoolFile compressed(Path catalog) {
        SpoolFile file = SpoolFile.in(setting.spool());
        try (OutputStream out = setting.cipher().encrypt(file.write());
                ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, LEVEL)) {
            zstd.setChecksum(true);
            Files.copy(catalog, zstd);
            return file;
        } catch (IOException e) {
            discard(file);
            throw new StoreException.Transient(
                    "the catalog could not be compressed to " + setting.spool() + " (" + e.getMessage()
                            + "): make room there; it is tried again",
                    e);
        }
    }

    /** The same copy may be there already: an answer that was lost. */
    private CompletionStage<Void> send(SpoolFile file, String key) {
        return Failures.recover(
                store.put(new PutObject(key, Map.of(), true), file).thenAccept(done -> {}),
                failure -> failure instanceof StoreException.AlreadyExists
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletionStage<Void> removeOld() {
        List<String> found = new ArrayList<>();
        return ListWalk.pages(store, keys.catalogCopies(), page -> {
                    page.objects().stream()
                            .map(ListedObject::key)
                            .filter(keys::isCatalogCopy)
                            .forEach(found::add);
                    return CompletableFuture.completedFuture(true);
                })
                .thenCompose(done -> {
                    found.sort(Comparator.reverseOrder());
                    return found.size() <= KEPT
                            ? CompletableFuture.completedFuture(null)
                            : store.delete(List.copyOf(found.subList(KEPT, found.size())));
                });
    }

    private void discard(SpoolFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreException.Transient(
                    "a copy of the catalog could not be removed from " + setting.spool() + ": " + e.getMessage(), e);
        }
    }

    /** Brings a copy back as a catalog file; one request. Blocks. Where it throws, the target may hold a part. */
    public void fetch(String key, Path target) throws IOException {
        GetObject request = new GetObject(key, Optional.empty(), Optional.empty());
        try (InputStream body = PackRanges.await(store.get(request), key).body();
                InputStream plain = setting.cipher().decrypt(body);
                ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(plain);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 128 << 10)) {
            in.transferTo(out);
        }
    }
}
