package io.keepwatch.workflow.state;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, the rest random, so that they sort by time. */
public final class TimedId {
    private TimedId() {}

    public static String of(Instant now, Random random) {
        long high = now.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() >>> 2 | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
