package io.keepwatch.workflow.load;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into what stands in it and the expressions in it; a dollar sign more keeps one from being an expression. */
final class TemplateText {
    private TemplateText() {}

    /**
     * A part of a text.
     *
     * @param offset the code point where it begins; of an expression, behind the brace
     * @param isOpen an expression without its closing brace
     */
    record Part(int offset, String text, boolean isExpression, boolean isOpen) {}

    static boolean hasExpression(String text) {
        return split(text).stream().anyMatch(Part::isExpression);
    }

    static List<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                plain.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                flush(parts, plain);
                int end = end(text, at + 2);
                int stop = end < 0 ? text.length() : end;
                parts.add(new Part(text.codePointCount(0, at + 2), text.substring(at + 2, stop), true, end < 0));
                at = end < 0 ? stop : end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
        flush(parts, plain);
        return parts;
    }

    private static void flush(List<Part> parts, StringBuilder plain) {
        if (!plain.isEmpty()) {
            parts.add(new Part(0, plain.toString(), false, false));
            plain.setLength(0);
        }
    }

    /** The index of the brace that closes; braces within quotes and of maps do not count. */
    private static int end(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }
}
