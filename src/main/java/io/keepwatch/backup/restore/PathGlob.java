package io.keepwatch.backup.restore;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A pattern for absolute paths, by their raw bytes. {@code *} and {@code ?} stand for any characters or one within a name,
 * {@code **} also for slashes, {@code [a-z]} and {@code [!a-z]} for one of a set. A backslash takes away the meaning of the
 * next character, and {@code \x0a} is one byte: so a path that Keepwatch has shown can be given back as it was shown.
 * What a pattern selects, it selects with everything beneath.
 */
final class PathGlob {
    /** One UTF-8 character, or one byte that belongs to none; bytes are seen as Latin-1. */
    private static final String ANY_CHARACTER = "(?:[\\x00-\\x2e\\x30-\\xbf]|[\\xc0-\\xff][\\x80-\\xbf]*+)";

    private static final String SPECIAL = "*?[";

    private final Pattern regex;
    private final String literalDirectory;

    private PathGlob(Pattern regex, String literalDirectory) {
        this.regex = regex;
        this.literalDirectory = literalDirectory;
    }

    /** Throws IllegalArgumentException with what is wrong about the text. */
    static PathGlob parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("\"" + text + "\" is no absolute path");
        }
        return new Parser(text).parse();
    }

    /** Whether the path itself, or a directory above it, matches; bytes as Latin-1, without a slash at the end: the top is empty. */
    boolean selects(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (regex.matcher(path).region(0, end).matches()) {
                return true;
            }
        }
        return regex.matcher("").matches();
    }

    /** The part before the first special character, up to its last whole name: nothing outside it can match. */
    String literalDirectory() {
        return literalDirectory;
    }

    /** Bytes as text, one character each. */
    static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static final class Parser {
        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private final StringBuilder literal = new StringBuilder();
        private boolean special;
        private int at;

        Parser(String text) {
            String bytes = latin(text.getBytes(StandardCharsets.UTF_8));
            int end = bytes.length();
            while (end > 0 && bytes.charAt(end - 1) == '/') {
                end--;
            }
            this.text = bytes.substring(0, end);
        }

        PathGlob parse() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (SPECIAL.indexOf(c) >= 0) {
                    special = true;
                    addSpecial(c);
                } else {
                    addLiteral(c == '\\' ? escaped() : plain());
                }
            }
            int lastName = special ? Math.max(0, literal.lastIndexOf("/")) : literal.length();
            return new PathGlob(Pattern.compile(regex.toString(), Pattern.DOTALL), literal.substring(0, lastName));
        }

        private void addLiteral(char c) {
            regex.append(String.format("\\x%02x", (int) c));
            if (!special) {
                literal.append(c);
            }
        }

        private void addSpecial(char c) {
            at++;
            if (c == '?') {
                regex.append(ANY_CHARACTER);
            } else if (c == '[') {
                addSet();
            } else if (text.startsWith("*/", at) && text.charAt(at - 2) == '/') {
                // "/**/" also stands for no directory at all.
                regex.append("(?:.*/)?");
                at += 2;
            } else if (text.startsWith("*", at)) {
                regex.append(".*");
                at++;
            } else {
                regex.append("[^/]*");
            }
        }

        private void addSet() {
            regex.append('[');
            if (at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^')) {
                regex.append("^/");
                at++;
            }
            int first = at;
            while (at < text.length() && (text.charAt(at) != ']' || at == first)) {
                if (text.charAt(at) == '-' && at > first && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                    regex.append('-');
                    at++;
                } else {
                    regex.append(String.format("\\x%02x", (int) (text.charAt(at) == '\\' ? escaped() : plain())));
                }
            }
            if (at == text.length()) {
                throw new IllegalArgumentException("\"" + text + "\" opens a set with \"[\" and does not close it;"
                        + " write \"\\[\" for the character itself");
            }
            regex.append(']');
            at++;
        }

        private char plain() {
            return text.charAt(at++);
        }

        private char escaped() {
            if (text.startsWith("\\x", at) && at + 4 <= text.length()) {
                int value = Integer.parseInt(text, at + 2, at + 4, 16);
                at += 4;
                return (char) value;
            }
            if (at + 1 == text.length()) {
                throw new IllegalArgumentException("\"" + text + "\" ends in a backslash that escapes nothing");
            }
            at += 2;
            return text.charAt(at - 1);
        }
    }
}
