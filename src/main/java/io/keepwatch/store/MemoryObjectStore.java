package io.keepwatch.store;

import io.keepwatch.file.Content;
import io.keepwatch.file.Sha256;
import io.keepwatch.store.ComposeObject.Piece;
import io.keepwatch.store.S3Options.ObjectLock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bucket in memory, for tests of what stands on a store. It keeps the contract and counts its requests as S3 would, but
 * keeps no versions: what is locked can be hidden, as on S3, and that is counted.
 */
public final class MemoryObjectStore implements ObjectStore {
    private static final int PAGE = 1000;

    private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final RequestLedger ledger;
    private final Clock clock;
    private final Optional<ObjectLock> lock;
    private final Map<String, Instant> locks = new ConcurrentHashMap<>();
    private final AtomicInteger hidden = new AtomicInteger();

    public MemoryObjectStore() {
        this(new RequestLedger());
    }

    public MemoryObjectStore(RequestLedger ledger) {
        this(ledger, Clock.systemUTC());
    }

    /** {@code clock} is the server's. */
    public MemoryObjectStore(RequestLedger ledger, Clock clock) {
        this(ledger, clock, Optional.empty());
    }

    /** {@code lock} is set on new objects, as by the settings of a store. */
    public MemoryObjectStore(RequestLedger ledger, Clock clock, Optional<ObjectLock> lock) {
        this.ledger = ledger;
        this.clock = clock;
        this.lock = lock;
    }

    /** Until when an object is locked. */
    public Optional<Instant> lockedUntil(String key) {
        return Optional.ofNullable(locks.get(key));
    }

    /** How many objects were removed in vain: they were locked, and S3 would keep their bytes. */
    public int hiddenWhileLocked() {
        return hidden.get();
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        byte[] bytes;
        try {
            bytes = read(content);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new StoreException.Unreadable(request.key(), e));
        }
        ledger.sent(RequestClass.PUT, bytes.length);
        return keep(request, bytes);
    }

    private static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open(0)) {
            byte[] bytes = in.readAllBytes();
            if (bytes.length != content.lengthBytes()) {
                throw new EOFException("it has " + bytes.length + " bytes, not " + content.lengthBytes());
            }
            return bytes;
        }
    }

    private CompletionStage<ObjectInfo> keep(PutObject request, byte[] bytes) {
        Stored stored = new Stored(bytes, etag(bytes), request.metadata(), clock.instant());
        if (request.onlyIfAbsent()) {
            if (objects.putIfAbsent(request.key(), stored) != null) {
                return CompletableFuture.failedFuture(new StoreException.AlreadyExists(request.key()));
            }
        } else {
            objects.put(request.key(), stored);
        }
        lock.ifPresent(terms -> locks.put(request.key(), until(terms)));
        return CompletableFuture.completedFuture(stored.info(request.key()));
    }

    private Instant until(ObjectLock terms) {
        return clock.instant().plus(Duration.ofDays(terms.days())).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        ledger.sent(RequestClass.COPY, 0);
        Stored source = objects.get(request.sourceKey());
        if (source == null || !source.etag.equals(request.sourceEtag())) {
            return CompletableFuture.failedFuture(new StoreException.SourceChanged(request.sourceKey()));
        }
        Stored copy = new Stored(source.bytes, source.etag, request.metadata(), clock.instant());
        objects.put(request.key(), copy);
        lock.ifPresent(terms -> locks.put(request.key(), until(terms)));
        return CompletableFuture.completedFuture(new ObjectInfo(
                request.key(), ObjectInfo.UNKNOWN_SIZE, copy.etag, Optional.empty(), request.metadata()));
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        if (!request.hasRanges()) {
            return put(request.target(), request.contents());
        }
        ledger.sent(RequestClass.POST, 0);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (UploadPart part : UploadPart.of(request, S3Options.Multipart.DEFAULT.partBytes(request.lengthBytes()))) {
            try {
                whole.writeBytes(
                        part instanceof UploadPart.Copy copy ? copied(copy.source()) : sent((UploadPart.Body) part));
            } catch (IOException e) {
                return abort(new StoreException.Unreadable(request.target().key(), e));
            } catch (StoreException e) {
                return abort(e);
            }
        }
        ledger.sent(RequestClass.POST, 0);
        return keep(request.target(), whole.toByteArray());
    }

    private byte[] copied(Piece.Range source) {
        ledger.sent(RequestClass.COPY, 0);
        Stored stored = objects.get(source.key());
        if (stored == null || !stored.etag.equals(source.etag())) {
            throw new StoreException.SourceChanged(source.key());
        }
        long end = source.offset() + source.lengthBytes();
        if (end > stored.bytes.length) {
            throw new StoreException.Permanent(
                    "object \"" + source.key() + "\" has fewer bytes than were asked for", null);
        }
        return Arrays.copyOfRange(stored.bytes, Math.toIntExact(source.offset()), Math.toIntExact(end));
    }

    private byte[] sent(UploadPart.Body part) throws IOException {
        try (InputStream in = part.content().open(part.offset())) {
            byte[] bytes = in.readNBytes(Math.toIntExact(part.lengthBytes()));
            if (bytes.length != part.lengthBytes()) {
                throw new EOFException("it ended " + (part.lengthBytes() - bytes.length) + " bytes early");
            }
            ledger.sent(RequestClass.PUT, bytes.length);
            return bytes;
        }
    }

    private <T> CompletionStage<T> abort(StoreException cause) {
        ledger.sent(RequestClass.DELETE, 0);
        return CompletableFuture.failedFuture(cause);
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        ObjectLimits.checkKey(request.key());
        ledger.sent(RequestClass.GET, 0);
        Stored stored = objects.get(request.key());
        if (stored == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Optional<byte[]> slice = request.range().isEmpty()
                ? Optional.of(stored.bytes)
                : stored.slice(request.range().get());
        if (slice.isEmpty()) {
            return CompletableFuture.failedFuture(new StoreException.Permanent(
                    "object \"" + request.key() + "\" has fewer bytes than were asked for", null));
        }
        ledger.received(slice.get().length);
        return CompletableFuture.completedFuture(
                Optional.of(new ObjectStream(stored.info(request.key()), new ByteArrayInputStream(slice.get()))));
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        ObjectLimits.checkKey(key);
        ledger.sent(RequestClass.HEAD, 0);
        return CompletableFuture.completedFuture(
                Optional.ofNullable(objects.get(key)).map(found -> found.info(key)));
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        ledger.sent(RequestClass.LIST, 0);
        List<ListedObject> found =
                objects.tailMap(continuation.orElse(prefix), continuation.isEmpty()).entrySet().stream()
                        .takeWhile(entry -> entry.getKey().startsWith(prefix))
                        .limit(PAGE + 1L)
                        .map(entry -> entry.getValue().listed(entry.getKey()))
                        .toList();
        boolean more = found.size() > PAGE;
        List<ListedObject> page = more ? found.subList(0, PAGE) : found;
        Optional<String> next = more ? Optional.of(page.get(PAGE - 1).key()) : Optional.empty();
        return CompletableFuture.completedFuture(new ObjectPage(page, next));
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        keys.forEach(ObjectLimits::checkKey);
        for (int sent = 0; sent < keys.size(); sent += PAGE) {
            ledger.sent(RequestClass.DELETE, 0);
        }
        keys.forEach(this::remove);
        return CompletableFuture.completedFuture(null);
    }

    private void remove(String key) {
        Optional<Instant> until = Optional.ofNullable(locks.remove(key));
        if (objects.remove(key) != null
                && until.filter(clock.instant()::isBefore).isPresent()) {
            hidden.incrementAndGet();
        }
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        ObjectLimits.checkKey(key);
        if (lock.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new StoreException.Permanent("object \"" + key + "\" cannot be locked: there is no lock", null));
        }
        ledger.sent(RequestClass.PUT, 0);
        if (!objects.containsKey(key)) {
            return CompletableFuture.failedFuture(new StoreException.SourceChanged(key));
        }
        if (lockedUntil(key).filter(until::isBefore).isPresent()) {
            return CompletableFuture.failedFuture(
                    new StoreException.Permanent("the lock of \"" + key + "\" would be shortened", null));
        }
        locks.put(key, until);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<Instant> serverTime() {
        return Optional.of(clock.instant());
    }

    @Override
    public void close() {}

    /** An ETag as S3 makes it for an object that was put in one part would be an MD5; any opaque text will do. */
    private static String etag(byte[] bytes) {
        return '"' + Sha256.hash(bytes).hex().substring(0, 32) + '"';
    }

    private static final class Stored {
        private final byte[] bytes;
        private final String etag;
        private final Map<String, String> metadata;
        private final Instant modified;

        Stored(byte[] bytes, String etag, Map<String, String> metadata, Instant modified) {
            this.bytes = bytes;
            this.etag = etag;
            this.metadata = metadata;
            this.modified = modified;
        }

        ObjectInfo info(String key) {
            return new ObjectInfo(key, bytes.length, etag, Optional.empty(), metadata);
        }

        ListedObject listed(String key) {
            return new ListedObject(key, bytes.length, etag, modified);
        }

        /** Empty where the range holds no byte of it. */
        Optional<byte[]> slice(GetObject.Range range) {
            if (range instanceof GetObject.ByteRange between) {
                return between.first() >= bytes.length
                        ? Optional.empty()
                        : Optional.of(Arrays.copyOfRange(
                                bytes, (int) between.first(), (int) Math.min(bytes.length, between.last() + 1)));
            }
            long last = ((GetObject.LastBytes) range).count();
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOfRange(bytes, (int) Math.max(0, bytes.length - last), bytes.length));
        }
    }
}
