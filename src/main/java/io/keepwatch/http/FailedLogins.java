package io.keepwatch.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong tokens by address: ten at once, then one in six seconds. Holds at most 10,000 addresses, those that failed
 * last. Any thread.
 */
final class FailedLogins {
    private static final int AT_ONCE = 10;
    private static final long REFILL_NANOS = Duration.ofSeconds(6).toNanos();
    private static final int ADDRESSES = 10_000;

    private final LongSupplier nanos;
    /** When all that an address did wrong will be forgotten. */
    private final Map<String, Long> forgottenAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > ADDRESSES;
        }
    };

    FailedLogins(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How many seconds this address has to wait before it may try again; 0 where it may now. */
    synchronized long waitSeconds(String address) {
        Long end = forgottenAt.get(group(address));
        long over = end == null ? 0 : end - nanos.getAsLong() - (AT_ONCE - 1) * REFILL_NANOS;
        return over <= 0 ? 0 : Math.max(1, Duration.ofNanos(over).toSeconds() + 1);
    }

    synchronized void failed(String address) {
        long now = nanos.getAsLong();
        forgottenAt.merge(
                group(address), now + REFILL_NANOS, (end, fresh) -> Math.max(end - now, 0) + now + REFILL_NANOS);
    }

    /** Of IPv6, the network: a host has as many addresses as it likes. */
    private static String group(String address) {
        String[] parts = address.split(":", -1);
        return parts.length < 5 ? address : String.join(":", parts[0], parts[1], parts[2], parts[3]);
    }
}
