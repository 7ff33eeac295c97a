package io.keepwatch.unit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes. Read with SI or binary units ({@code 20GB}, {@code 20GiB}); shown with binary units. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)");
    private static final Pattern AMBIGUOUS = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kKMGT])");
    private static final Map<String, Long> FACTORS = Map.of(
            "B", 1L,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final List<String> SI = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative, but this is " + bytes);
        }
    }

    /** Reads {@code 20GB} or {@code 1.5GiB}; refuses {@code 20G}, which some tools read as one and some as the other. */
    public static ByteSize parse(String text) {
        Matcher ambiguous = AMBIGUOUS.matcher(text.strip());
        if (ambiguous.matches()) {
            String number = ambiguous.group(1);
            String letter = ambiguous.group(2).toUpperCase(Locale.ROOT);
            String si = letter.equals("K") ? "kB" : letter + "B";
            throw new IllegalArgumentException("size \"" + text + "\" can be read in two ways; write " + number + si
                    + " (" + parse(number + si).bytes + " bytes) or " + number + letter + "iB ("
                    + parse(number + letter + "iB").bytes + " bytes)");
        }
        Matcher matcher = TEXT.matcher(text.strip());
        Long factor = matcher.matches() ? FACTORS.get(matcher.group(2)) : null;
        if (factor == null) {
            throw new IllegalArgumentException("size \"" + text + "\" needs a number and one of"
                    + " B, kB, MB, GB, TB, KiB, MiB, GiB, TiB; for example 20GiB");
        }
        try {
            return new ByteSize(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(factor))
                    .toBigInteger()
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("size \"" + text + "\" is larger than 8 EiB", e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Binary units with one decimal: {@code 1.5 GiB}. */
    @Override
    public String toString() {
        return text(1024, BINARY);
    }

    /** SI units with one decimal: {@code 1.6 GB}. */
    public String toSi() {
        return text(1000, SI);
    }

    private String text(int step, List<String> units) {
        double value = bytes;
        int unit = 0;
        while (value >= step && unit < units.size() - 1) {
            value /= step;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units.get(unit));
    }
}
