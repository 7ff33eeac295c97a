package io.keepwatch.layout.mirror;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes as printable ASCII and back, for values of metadata: {@code %} and two hex digits stand for a byte that is no
 * visible ASCII character. A space is written as {@code %20}, because HTTP drops spaces at the ends of a value.
 */
final class PercentText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentText() {}

    static String ascii(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b > ' ' && b < 0x7F && b != '%') {
                text.append((char) b);
            } else {
                append(text, b);
            }
        }
        return text.toString();
    }

    static String ascii(String text) {
        return ascii(text.getBytes(StandardCharsets.UTF_8));
    }

    static void append(StringBuilder text, byte b) {
        text.append('%').append(HEX.toHexDigits(b));
    }

    /** Throws IllegalArgumentException where a {@code %} is not followed by two hex digits. */
    static byte[] bytes(String text) {
        byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] != '%') {
                bytes.write(escaped[i]);
            } else if (i + 2 < escaped.length
                    && HexFormat.isHexDigit(escaped[i + 1])
                    && HexFormat.isHexDigit(escaped[i + 2])) {
                bytes.write(HexFormat.fromHexDigit(escaped[i + 1]) << 4 | HexFormat.fromHexDigit(escaped[i + 2]));
                i += 2;
            } else {
                throw new IllegalArgumentException("\"" + text + "\" has a % without two hex digits");
            }
        }
        return bytes.toByteArray();
    }

    static String text(String ascii) {
        return new String(bytes(ascii), StandardCharsets.UTF_8);
    }
}
