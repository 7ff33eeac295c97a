package io.keepwatch.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The object {@code keepwatch.json}, which says that a prefix belongs to a layout and a host. One request a process,
 * before the first change is stored: it finds a bucket that was swapped or emptied, or that another layout uses. Stages
 * fail with {@link StoreException}; for any thread.
 */
public final class HostMarker {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;
    private static final String ENCRYPTION = "encryption";
    private static final String UNENCRYPTED = "none";

    private final ObjectStore store;
    private final String key;
    private final String layoutName;
    private final String host;
    private final String encryption;
    private volatile boolean checked;
    private volatile boolean refused;

    /** {@code layoutName} as {@link StorageLayout#name} gives it; {@code key} is where the marker lies. */
    public HostMarker(ObjectStore store, String key, String layoutName, String host) {
        this(store, key, layoutName, host, UNENCRYPTED);
    }

    /** {@code encryption}: the name of what all objects beside the marker are encrypted with. */
    public HostMarker(ObjectStore store, String key, String layoutName, String host, String encryption) {
        this.store = store;
        this.key = key;
        this.layoutName = layoutName;
        this.host = host;
        this.encryption = encryption;
    }

    /** {@code established}: something was stored here before, so that a missing marker means a wrong or emptied bucket. */
    public CompletionStage<Void> ensure(boolean established) {
        if (checked) {
            return CompletableFuture.completedFuture(null);
        }
        return (established ? expect() : create()).thenRun(() -> checked = true);
    }

    /** Refuses another layout's objects; a missing marker is no obstacle to reading. */
    public CompletionStage<Void> accept() {
        return read().thenAccept(found -> found.ifPresent(this::check));
    }

    /**
     * Whether the store takes objects: it is asked to make the marker, which is there. False before the first flush, which
     * may yet find that nothing may be written here.
     */
    public CompletionStage<Boolean> ask() {
        return checked
                ? expect().thenCompose(there -> put()).thenApply(made -> true)
                : accept().thenApply(readable -> false);
    }

    private CompletionStage<Void> create() {
        return Failures.recover(put(), this::putWithoutCondition)
                .thenCompose(made -> made ? CompletableFuture.completedFuture(null) : expect());
    }

    /** Where the server does not know the condition. */
    private CompletionStage<Boolean> putWithoutCondition(Throwable failure) {
        return failure instanceof StoreException.Unsupported
                ? read().thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(false)
                        : store.put(new PutObject(key, Map.of(), false), content())
                                .thenApply(stored -> true))
                : CompletableFuture.failedFuture(failure);
    }

    /** Makes the marker; false where there is one. */
    private CompletionStage<Boolean> put() {
        return Failures.recover(
                store.put(new PutObject(key, Map.of(), true), content()).thenApply(stored -> true), failure -> {
                    if (failure instanceof StoreException.AlreadyExists) {
                        refused = true;
                        return CompletableFuture.completedFuture(false);
                    }
                    return CompletableFuture.failedFuture(failure);
                });
    }

    /**
     * Whether the store refuses to replace the marker, as it is asked to: {@link ConditionalWrites}. To be asked once it
     * was ensured, so that the bytes are the same whatever the store does. One request where it refuses, none where it has refused before.
     */
    public CompletionStage<Boolean> isKept() {
        return refused
                ? CompletableFuture.completedFuture(true)
                : new ConditionalWrites(store).areHonoured(key, content());
    }

    private Content content() {
        ObjectNode marker = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("layout", layoutName)
                .put("host", host);
        if (!encryption.equals(UNENCRYPTED)) {
            marker.put(ENCRYPTION, encryption);
        }
        return new MemoryContent((marker + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private CompletionStage<Void> expect() {
        return read().thenAccept(found -> check(found.orElseThrow(() -> permanent(
                "is missing, but files were stored beside it before: the bucket was emptied or is another one. Nothing was"
                        + " changed. Check the bucket and the prefix; to back up to this bucket from the start, move the"
                        + " state directory away"))));
    }

    private CompletionStage<Optional<JsonNode>> read() {
        return SmallObject.read(store, key).thenApply(found -> found.map(this::parse));
    }

    private JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw permanent("is no JSON (" + e.getMessage() + "): look at it, and remove it if it is not Keepwatch's");
        }
    }

    private void check(JsonNode found) {
        String layout = found.path("layout").asText("");
        int format = found.path("format").asInt();
        String owner = found.path("host").asText("");
        if (!layout.equals(layoutName)) {
            throw permanent("says layout \"" + layout + "\", but the configuration says \"" + layoutName
                    + "\": set store.layout to \"" + layout + "\", or choose another store.prefix");
        }
        String encrypted = found.path(ENCRYPTION).asText(UNENCRYPTED);
        if (!encrypted.equals(encryption)) {
            throw permanent("says encryption \"" + encrypted + "\", but the configuration says \"" + encryption
                    + "\": a backup is one or the other as a whole. Set store.encryption as it was, or choose another"
                    + " store.prefix and move the state directory away to begin a new backup");
        }
        if (format > FORMAT) {
            throw permanent("says format " + format + ", and this Keepwatch knows formats up to " + FORMAT
                    + ": install a newer Keepwatch");
        }
        if (!owner.equals(host)) {
            throw permanent("belongs to host \"" + owner + "\", but this is host \"" + host
                    + "\": choose another host id or store.prefix");
        }
    }

    private StoreException permanent(String problem) {
        return new StoreException.Permanent("object \"" + key + "\" " + problem, null);
    }
}
