package io.keepwatch.config.yaml;

import java.math.BigInteger;

/** Numbers as the core schema of YAML 1.2 writes them: {@code 12}, {@code 0x1F}, {@code 0o17}, {@code 1.5}, {@code .inf}. */
final class YamlNumber {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private YamlNumber() {}

    /** A Long where the number is whole and fits, else a Double. */
    static Object of(String text) {
        if (text.matches("[-+]?[0-9]+")) {
            return whole(new BigInteger(text));
        }
        if (text.startsWith("0x") || text.startsWith("0o")) {
            return whole(new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
        }
        return switch (text.replace("+", "").replace(".inf", "Infinity").replaceAll("(?i)infinity", "Infinity")) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> text.equalsIgnoreCase(".nan") ? (Object) Double.NaN : (Object) Double.valueOf(text);
        };
    }

    private static Object whole(BigInteger number) {
        return number.abs().compareTo(MAX) <= 0 ? (Object) number.longValue() : (Object) number.doubleValue();
    }
}
