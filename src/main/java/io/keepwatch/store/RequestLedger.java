package io.keepwatch.store;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts every HTTP request that a store makes, retries included, and the bytes that their headers announce. Thread-safe.
 * What is drained is counted no more, so that a database may keep the long totals: the truth is its sum and a snapshot.
 */
public final class RequestLedger {
    private final Map<RequestClass, Long> requests = new EnumMap<>(RequestClass.class);
    private long bytesSent;
    private long bytesReceived;

    /** One request whose body has so many bytes. */
    public synchronized void sent(RequestClass type, long bytes) {
        requests.merge(type, 1L, Long::sum);
        bytesSent += bytes;
    }

    /** An answer whose body has so many bytes. */
    public synchronized void received(long bytes) {
        bytesReceived += bytes;
    }

    /** What was counted since the start or the last drain. */
    public synchronized RequestCounts snapshot() {
        return new RequestCounts(requests, bytesSent, bytesReceived);
    }

    /** The same, and begins at 0 again. */
    public synchronized RequestCounts drain() {
        RequestCounts drained = snapshot();
        requests.clear();
        bytesSent = 0;
        bytesReceived = 0;
        return drained;
    }

    /** Puts back what was drained and could not be saved. */
    public synchronized void restore(RequestCounts drained) {
        drained.requests().forEach((type, count) -> requests.merge(type, count, Long::sum));
        bytesSent += drained.bytesSent();
        bytesReceived += drained.bytesReceived();
    }
}
