package io.keepwatch.unit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns bytes that somebody else chose (a file name, a server's answer) into text that is safe in a terminal, a log or a
 * table: control characters, bidirectional overrides and bytes that are no UTF-8 become {@code \xNN}, a backslash
 * becomes {@code \\}. So one line stays one line, and no name can move the cursor.
 */
public final class DisplayText {
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
