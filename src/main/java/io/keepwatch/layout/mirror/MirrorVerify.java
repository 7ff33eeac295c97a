package io.keepwatch.layout.mirror;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.layout.Failures;
import io.keepwatch.layout.InFlight;
import io.keepwatch.layout.ListWalk;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Compares key, size and ETag of every object with the catalog: first the list is taken, then the catalog is read against
 * it. What differs is asked for once more, one by one: a file that was stored in between is no difference.
 */
final class MirrorVerify {
    /** Where so much differs, no backup that is running explains it. */
    private static final int ASKED_AGAIN = 1000;

    /** The catalog is read with blocking calls; a thread of its own ends with it. */
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "mirror-verify");
        thread.setDaemon(true);
        thread.start();
    };

    private enum Difference {
        MISSING,
        DIFFERENT
    }

    private record Suspect(StoredVersion version, MirrorLocation location, Difference difference) {}

    private final ObjectStore store;
    private final MirrorKeys keys;
    private final VerifyRequest request;
    private final ObjectTable listed = new ObjectTable();
    private final List<Suspect> suspects = new ArrayList<>();
    private long checked;
    private long matched;
    private long missing;
    private long different;

    MirrorVerify(ObjectStore store, MirrorKeys keys, VerifyRequest request) {
        this.store = store;
        this.keys = keys;
        this.request = request;
    }

    CompletionStage<VerifyReport> run() {
        return ListWalk.pages(store, keys.base(), page -> {
                    page.objects().stream()
                            .filter(info -> !keys.isReserved(info.key()))
                            .forEach(info -> listed.put(info.key(), info.sizeBytes(), info.etag()));
                    return CompletableFuture.completedFuture(true);
                })
                .thenRunAsync(() -> request.expected().forEach(this::compare), OWN_THREAD)
                .thenCompose(done -> InFlight.forEach(suspects.iterator(), MirrorFlush.IN_FLIGHT, this::askAgain))
                .thenApply(done -> report());
    }

    private synchronized VerifyReport report() {
        return new VerifyReport(checked, missing, different, listed.size() - matched);
    }

    private void compare(StoredVersion version) {
        if (version.version().isDeletion()) {
            return;
        }
        checked++;
        MirrorLocation location = MirrorLocation.parse(version.location());
        if (!listed.contains(location.key())) {
            suspect(version, location, Difference.MISSING);
            return;
        }
        matched++;
        if (!isAsListed(version, location)) {
            suspect(version, location, Difference.DIFFERENT);
        }
    }

    private boolean isAsListed(StoredVersion version, MirrorLocation location) {
        return listed.contains(
                location.key(), bodyBytes(version), location.etag().orElse(""));
    }

    private static long bodyBytes(StoredVersion version) {
        FileMeta meta = version.version().meta().orElseThrow();
        return meta.stat().type() == FileType.REGULAR
                ? meta.stat().sizeBytes()
                : meta.linkTarget().map(Bytes::length).orElse(0);
    }

    private void suspect(StoredVersion version, MirrorLocation location, Difference difference) {
        Suspect suspect = new Suspect(version, location, difference);
        if (suspects.size() < ASKED_AGAIN) {
            suspects.add(suspect);
        } else {
            count(suspect);
        }
    }

    private CompletionStage<Void> askAgain(Suspect suspect) {
        // Where the question itself ends in an error, the list stands.
        return Failures.recover(
                        store.head(suspect.location().key()),
                        failure -> CompletableFuture.completedFuture(Optional.<ObjectInfo>empty()))
                .thenAccept(head -> {
                    boolean explained = head.filter(info -> isThis(info, suspect) || isNewer(info.metadata(), suspect))
                            .isPresent();
                    if (!explained) {
                        count(suspect);
                    }
                });
    }

    private static boolean isThis(ObjectInfo info, Suspect suspect) {
        return suspect.location().etag().filter(info.etag()::equals).isPresent()
                && bodyBytes(suspect.version()) == info.sizeBytes();
    }

    private static boolean isNewer(Map<String, String> metadata, Suspect suspect) {
        String observed = metadata.get(ObjectMetadata.OBSERVED);
        return observed != null
                && Instant.parse(observed).isAfter(suspect.version().version().observed());
    }

    private synchronized void count(Suspect suspect) {
        String path = suspect.version().version().root() + ": "
                + suspect.version().version().path();
        String key = suspect.location().key();
        if (suspect.difference() == Difference.MISSING) {
            missing++;
            request.problem().accept("\"" + path + "\" is missing: there is no object \"" + key + "\"");
        } else {
            different++;
            request.problem()
                    .accept("\"" + path + "\" differs: object \"" + key
                            + "\" has another size or ETag than what was stored");
        }
    }
}
