package io.keepwatch.layout.pack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.regex.Pattern;

/** A time as seconds since 1970 in decimal, without losing a nanosecond; negative before 1970. */
final class DecimalSeconds {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final Pattern TEXT = Pattern.compile("-?\\d{1,18}(\\.\\d{1,9})?");

    private DecimalSeconds() {}

    static String text(Instant time) {
        BigInteger nanos =
                BigInteger.valueOf(time.getEpochSecond()).multiply(BILLION).add(BigInteger.valueOf(time.getNano()));
        return nanos.signum() == 0
                ? "0"
                : new BigDecimal(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /** Throws IllegalArgumentException or DateTimeException for what is no such time. */
    static Instant parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no time in decimal seconds");
        }
        BigInteger[] parts =
                new BigDecimal(text).movePointRight(9).toBigIntegerExact().divideAndRemainder(BILLION);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
