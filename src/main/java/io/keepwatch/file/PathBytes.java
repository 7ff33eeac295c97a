package io.keepwatch.file;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a {@link Path} and back. {@link Path#toString()} is exact only where the JVM's file name encoding can
 * hold the name; a URI is exact always, but costs a stat. So text is used where it provably loses nothing.
 */
final class PathBytes {
    private static final boolean UTF_8_NAMES =
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).equals(StandardCharsets.UTF_8);
    private static final char REPLACEMENT = '\uFFFD';

    private PathBytes() {}

    static byte[] of(Path relative) {
        String text = relative.toString();
        if (isExact(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        Path absolute = Path.of("/").resolve(relative);
        byte[] bytes = percentDecode(absolute.toUri().getRawPath());
        int end = bytes.length > 1 && bytes[bytes.length - 1] == '/' ? bytes.length - 1 : bytes.length;
        return java.util.Arrays.copyOfRange(bytes, 1, end);
    }

    static Path resolve(Path root, byte[] relative) {
        String text = new String(relative, StandardCharsets.UTF_8);
        if (isExact(text)) {
            return root.resolve(text);
        }
        Path absolute = Path.of(URI.create("file:///" + percentEncode(relative)));
        return root.resolve(Path.of("/").relativize(absolute));
    }

    private static boolean isExact(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == REPLACEMENT || (c > 0x7F && !UTF_8_NAMES)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] percentDecode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    private static String percentEncode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            text.append(b == '/' ? "/" : String.format("%%%02X", b & 0xFF));
        }
        return text.toString();
    }
}
