package io.keepwatch.store;

import java.util.EnumMap;
import java.util.Map;

/** How many requests of each class were made, and the bytes of their bodies. A class without requests counts 0. */
public record RequestCounts(Map<RequestClass, Long> requests, long bytesSent, long bytesReceived) {
    public static final RequestCounts NONE = new RequestCounts(Map.of(), 0, 0);

    public RequestCounts {
        Map<RequestClass, Long> complete = new EnumMap<>(RequestClass.class);
        for (RequestClass type : RequestClass.values()) {
            complete.put(type, requests.getOrDefault(type, 0L));
        }
        requests = Map.copyOf(complete);
    }

    public long of(RequestClass type) {
        return requests.getOrDefault(type, 0L);
    }

    public long total() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }

    public RequestCounts plus(RequestCounts other) {
        Map<RequestClass, Long> sum = new EnumMap<>(RequestClass.class);
        for (RequestClass type : RequestClass.values()) {
            sum.put(type, of(type) + other.of(type));
        }
        return new RequestCounts(sum, bytesSent + other.bytesSent, bytesReceived + other.bytesReceived);
    }
}
