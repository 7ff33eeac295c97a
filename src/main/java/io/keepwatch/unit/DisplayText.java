package io.keepwatch.unit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns bytes that somebody else chose (a file name, a server's answer) into text that is safe in a terminal, a log or a
 * table: control characters, bidirectional overrides and bytes that are no UTF-8 become {@code \xNN}, a backslash
 * becomes {@code \\}. So one line stays one line, and no name can move the cursor.
 */
public final class DisplayText {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\\\|x[0-9a-f]{2})");

    private DisplayText() {}

    public static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        StringBuilder text = new StringBuilder(bytes.length + 16);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            escapeInto(text, out.flip());
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                appendByte(text, in.get());
            }
            decoder.reset();
        }
    }

    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes that {@link #of(byte[])} shows so. A backslash that begins no escape stands for itself. */
    public static byte[] bytes(String shown) {
        String latin = new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return ESCAPE.matcher(latin)
                .replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(String escape) {
        return escape.startsWith("x") ? Character.toString(Integer.parseInt(escape, 1, 3, 16)) : escape;
    }

    private static void escapeInto(StringBuilder text, CharBuffer chars) {
        chars.codePoints().forEach(c -> {
            if (c == '\\') {
                text.append("\\\\");
            } else if (isUnsafe(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    appendByte(text, b);
                }
            } else {
                text.appendCodePoint(c);
            }
        });
    }

    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029
                || c == 0x200E
                || c == 0x200F
                || c == 0xFEFF;
    }

    private static void appendByte(StringBuilder text, byte b) {
        text.append(String.format("\\x%02x", b & 0xFF));
    }
}
