package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.InFlight;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.PutObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The two objects beside the packs that tell how everything comes back without Keepwatch: a text for a person, and a
 * script. The catalog remembers which ones were written, so that the bucket need not be asked.
 */
final class RestoreInstructions {
    private static final String REMEMBERED = "pack.instructions";
    private static final List<String> NAMES = List.of("RESTORE.md", "restore.sh");

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackIndex index;
    private final Executor workers;

    RestoreInstructions(ObjectStore store, PackKeys keys, PackIndex index, Executor workers) {
        this.store = store;
        this.keys = keys;
        this.index = index;
        this.workers = workers;
    }

    private record Text(String key, Bytes bytes) {}

    /** Two PUT where these were not written yet, else no request. */
    CompletionStage<Void> write() {
        List<Text> texts = texts();
        String version = version(texts);
        return CompletableFuture.supplyAsync(() -> index.remembered(REMEMBERED), workers)
                .thenCompose(written -> written.equals(Optional.of(version))
                        ? CompletableFuture.completedFuture(null)
                        : InFlight.forEach(
                                        texts.iterator(),
                                        1,
                                        text -> store.put(
                                                new PutObject(text.key(), Map.of(), false),
                                                new MemoryContent(text.bytes().toArray())))
                                .thenCompose(done -> index.remember(REMEMBERED, version)));
    }

    private List<Text> texts() {
        List<Text> texts = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in = RestoreInstructions.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the program lacks its resource " + name);
                }
                texts.add(new Text(keys.top() + name, Bytes.of(in.readAllBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static String version(List<Text> texts) {
        MessageDigest digest = Sha256.newDigest();
        texts.forEach(text -> {
            digest.update(Sha256.hash(text.key().getBytes(StandardCharsets.UTF_8))
                    .hex()
                    .getBytes(StandardCharsets.US_ASCII));
            digest.update(text.bytes().toArray());
        });
        return Sha256.of(digest.digest()).hex();
    }
}
