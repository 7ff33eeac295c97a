package io.keepwatch.layout.pack;

import io.keepwatch.store.GetObject;
import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.ObjectStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads encrypted packs, of which no part can be read alone: fetches a pack whole, once, and keeps what it decrypts to in a
 * file until others take its place. A few packs at a time, some 64 MiB each. Any thread; blocks.
 */
final class OpenedPacks implements FrameSource, AutoCloseable {
    private static final int KEPT = 8;

    private final ObjectStore store;
    private final PackKeys keys;
    private final PackCipher cipher;
    private final Path folder;
    private final Map<PackName, Opened> packs = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** @param folder for the files; where nothing can be written there, that of temporary files is used */
    OpenedPacks(ObjectStore store, PackKeys keys, PackCipher cipher, Path folder) {
        this.store = store;
        this.keys = keys;
        this.cipher = cipher;
        this.folder = folder;
    }

    /** One pack; its monitor is held while it is fetched and read. */
    private static final class Opened {
        private List<HiddenFile> file = List.of();
        private boolean closed;

        private synchronized void close() throws IOException {
            closed = true;
            for (HiddenFile open : file) {
                open.close();
            }
        }
    }

    @Override
    public InputStream frames(ChunkPlace place) throws IOException {
        return new ByteArrayInputStream(
                read(place.pack(), place.frameOffset(), place.frameOffset() + place.frameBytes()));
    }

    /** The bytes from one offset up to another one, of what the pack decrypts to. */
    byte[] read(PackName pack, long from, long to) throws IOException {
        while (true) {
            Opened opened = opened(pack);
            synchronized (opened) {
                // Closed by a thread that needed its place, between then and now.
                if (!opened.closed) {
                    return file(opened, pack).read(from, to);
                }
            }
        }
    }

    /** How many bytes the pack decrypts to. */
    long lengthBytes(PackName pack) throws IOException {
        while (true) {
            Opened opened = opened(pack);
            synchronized (opened) {
                if (!opened.closed) {
                    return file(opened, pack).lengthBytes();
                }
            }
        }
    }

    private Opened opened(PackName pack) throws IOException {
        List<Opened> replaced = new ArrayList<>();
        Opened opened;
        synchronized (packs) {
            opened = packs.computeIfAbsent(pack, name -> new Opened());
            Iterator<Opened> eldest = packs.values().iterator();
            while (packs.size() > KEPT) {
                replaced.add(eldest.next());
                eldest.remove();
            }
        }
        for (Opened old : replaced) {
            old.close();
        }
        return opened;
    }

    private HiddenFile file(Opened opened, PackName pack) throws IOException {
        if (opened.file.isEmpty()) {
            opened.file = List.of(fetch(pack));
        }
        return opened.file.get(0);
    }

    private HiddenFile fetch(PackName pack) throws IOException {
        String key = keys.pack(pack);
        try (ObjectStream stream = PackRanges.await(store.get(GetObject.whole(key)), key);
                InputStream plain = cipher.decrypt(stream.body())) {
            return HiddenFile.of(plain, folder);
        } catch (EOFException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("object \"" + key + "\" cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        List<Opened> all;
        synchronized (packs) {
            all = List.copyOf(packs.values());
            packs.clear();
        }
        for (Opened opened : all) {
            opened.close();
        }
    }
}
