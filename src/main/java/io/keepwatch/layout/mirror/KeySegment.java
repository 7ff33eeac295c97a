package io.keepwatch.layout.mirror;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One name of a path as one part of a key. A readable name stays as it is, so that other tools restore it under its own
 * name; only what a store or its XML lists cannot carry is escaped as {@code %} and two hex digits: control characters,
 * bytes that are no UTF-8, the backslash, and {@code %} itself. {@link PercentText#bytes} gives the name back.
 */
final class KeySegment {
    /** The ending by which rclone knows that an object holds the target of a symlink. */
    static final String LINK = ".rclonelink";

    /**
     * The object that stands for a directory lies in it. A key that ends in a slash would be usual, but there are stores
     * that take {@code x/} for {@code x}, and a deletion of the one removes the other.
     */
    static final String DIRECTORY = ".keepwatch-dir";

    private static final String ESCAPED_LINK = ".rclonelin%6B";
    private static final String ESCAPED_DIRECTORY = ".keepwatch-di%72";

    private KeySegment() {}

    static String of(byte[] name) {
        String text;
        try {
            text = escapeText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString());
        } catch (CharacterCodingException e) {
            text = escapeBytes(name);
        }
        if (text.equals(DIRECTORY)) {
            return ESCAPED_DIRECTORY;
        }
        // No name may look like a symlink's object, not even a directory's: a store on a file system cannot hold both.
        return text.endsWith(LINK) ? text.substring(0, text.length() - LINK.length()) + ESCAPED_LINK : text;
    }

    /** The name of a root: as a name, but it cannot be taken for one of the layout's own objects. */
    static String ofRoot(String name) {
        String text = of(name.getBytes(StandardCharsets.UTF_8)).replace("/", "%2F");
        if (text.equals(".") || text.equals("..")) {
            return text.replace(".", "%2E");
        }
        if (!text.startsWith("~") && !text.equals(MirrorKeys.MARKER)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        PercentText.append(escaped, (byte) text.charAt(0));
        return escaped.append(text, 1, text.length()).toString();
    }

    private static String escapeText(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            if (isSafe(c)) {
                text.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    PercentText.append(text, b);
                }
            }
        });
        return text.toString();
    }

    private static String escapeBytes(byte[] name) {
        StringBuilder text = new StringBuilder(name.length);
        for (byte b : name) {
            if (b >= 0 && isSafe(b)) {
                text.append((char) b);
            } else {
                PercentText.append(text, b);
            }
        }
        return text.toString();
    }

    /** U+FFFE and U+FFFF are not allowed in XML, in which a list comes. */
    private static boolean isSafe(int c) {
        return !Character.isISOControl(c) && c != '%' && c != '\\' && c != 0xFFFE && c != 0xFFFF;
    }
}
