package io.keepwatch.layout;

import java.time.Duration;

/**
 * For whom a lease is taken and for how long.
 *
 * @param epoch of the catalog that writes
 * @param length after which it ends unless it is renewed
 * @param settle how long a write of another one may be under way; it is waited for, and left unused at the end
 */
public record LeaseTerms(String host, String epoch, Duration length, Duration settle) {
    public LeaseTerms {
        if (settle.isNegative()
                || length.compareTo(settle.multipliedBy(3)) < 0
                || length.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "a lease lasts three times as long as a write may take, and a second at least; this one lasts "
                            + length + " with writes of " + settle);
        }
    }
}
