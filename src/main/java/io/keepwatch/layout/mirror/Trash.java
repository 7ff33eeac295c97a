package io.keepwatch.layout.mirror;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.ListWalk;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.store.CopyObject;
import io.keepwatch.store.ListedObject;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where deleted files stay for a while, in a bucket that keeps no versions: {@code ~trash/<month>/<sha256 of key and
 * ETag>}. The key follows from the location of the version, so the catalog need not learn of it; the month lets one
 * request a page find what has expired.
 */
final class Trash {
    static final String ETAG = "kw-etag";
    static final String DELETED = "kw-deleted";

    private final ObjectStore store;
    private final MirrorKeys keys;
    private final MetadataLimit limit;
    private final Duration keep;
    private final Clock clock;
    /** An idle daemon makes no request, so the trash is looked through only after something was put there. */
    private final AtomicBoolean grown = new AtomicBoolean();

    Trash(ObjectStore store, MirrorKeys keys, MetadataLimit limit, Duration keep, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.limit = limit;
        this.keep = keep;
        this.clock = clock;
    }

    /** Whether this version is to be copied before its object is removed; over 5 GiB it cannot be. */
    boolean keeps(StoredVersion gone) {
        long sizeBytes =
                gone.version().meta().map(meta -> meta.stat().sizeBytes()).orElse(0L);
        return !keep.isZero()
                && sizeBytes <= VersionWriter.MAX_COPY_BYTES
                && MirrorLocation.parse(gone.location()).versionId().isEmpty();
    }

    /** Copies the object; fails with SourceChanged where it is no longer this version. */
    CompletionStage<ObjectInfo> add(StoredVersion gone, Optional<Instant> deleted) {
        MirrorLocation location = MirrorLocation.parse(gone.location());
        String etag = location.etag().orElseThrow();
        Map<String, String> values = ObjectMetadata.named(gone.version());
        values.put(ETAG, PercentText.ascii(etag));
        deleted.ifPresent(at -> values.put(DELETED, at.toString()));
        String key = key(month(clock.instant()), location);
        grown.set(true);
        return limit.fit(values)
                .thenCompose(metadata -> store.copy(new CopyObject(location.key(), etag, key, metadata)));
    }

    /** Every key under which this version may be in the trash, the likeliest first. */
    List<String> keysOf(StoredVersion version) {
        MirrorLocation location = MirrorLocation.parse(version.location());
        List<String> candidates = new ArrayList<>();
        if (keeps(version) && location.etag().isPresent()) {
            YearMonth oldest = oldestKept(clock.instant());
            YearMonth seen = month(version.version().observed());
            YearMonth first = seen.isAfter(oldest) ? seen : oldest;
            for (YearMonth m = month(clock.instant()); !m.isBefore(first); m = m.minusMonths(1)) {
                candidates.add(key(m, location));
            }
        }
        return candidates;
    }

    /** Removes what has expired, whole months at a time; how many objects. */
    CompletionStage<Long> expire(Instant now) {
        if (!grown.getAndSet(false)) {
            return CompletableFuture.completedFuture(0L);
        }
        YearMonth oldest = oldestKept(now);
        AtomicLong removed = new AtomicLong();
        return ListWalk.pages(store, keys.trash(), page -> {
                    List<String> expired = page.objects().stream()
                            .map(ListedObject::key)
                            .filter(key -> isBefore(key, oldest))
                            .toList();
                    removed.addAndGet(expired.size());
                    return remove(expired)
                            .thenApply(done -> expired.size() == page.objects().size());
                })
                .thenApply(done -> removed.get());
    }

    private CompletionStage<Void> remove(List<String> expired) {
        return expired.isEmpty() ? CompletableFuture.completedFuture(null) : store.delete(expired);
    }

    /** Keys come in order, so the oldest months come first and the walk ends at the first month that stays. */
    private boolean isBefore(String key, YearMonth oldest) {
        String text = key.substring(keys.trash().length());
        int slash = text.indexOf('/');
        try {
            return slash > 0 && YearMonth.parse(text.substring(0, slash)).isBefore(oldest);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private YearMonth oldestKept(Instant now) {
        return month(now.minus(keep));
    }

    private static YearMonth month(Instant time) {
        return YearMonth.from(time.atZone(ZoneOffset.UTC));
    }

    private String key(YearMonth month, MirrorLocation gone) {
        String identity = gone.key() + "\n" + gone.etag().orElseThrow();
        return keys.trash() + month + "/"
                + Sha256.hash(identity.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
