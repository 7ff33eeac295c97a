package io.keepwatch.config.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds where a part of a text stands in the file, across quotes, escapes, folded lines and the indentation of a block:
 * it walks through the file and the value side by side.
 */
final class ScalarSource {
    private final int[] file;
    private final int[] value;
    private final ScalarStyle style;
    private int at;
    private int line;
    private int column;
    private int indentation;

    private ScalarSource(int[] file, Mark start, ScalarNode scalar) {
        this.file = file;
        this.value = scalar.getValue().codePoints().toArray();
        this.style = scalar.getScalarStyle();
        this.at = start.getIndex();
        this.line = start.getLine();
        this.column = start.getColumn();
    }

    /** The place of the code point with this index in the value of the node. */
    static Position position(int[] file, Node node, int index) {
        if (!(node instanceof ScalarNode scalar) || node.getStartMark().isEmpty()) {
            return Position.of(node.getStartMark());
        }
        return new ScalarSource(file, node.getStartMark().get(), scalar).walkTo(index);
    }

    private Position walkTo(int index) {
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        if (block) {
            indentation = indentation();
            skipLine();
            skipIndentation(value.length > 0 ? value[0] : 0);
        } else if (style != ScalarStyle.PLAIN) {
            advance();
        }
        for (int i = 0; i < Math.min(index, value.length) && at < file.length; i++) {
            pass(value[i]);
            if (i + 1 < value.length) {
                skipToNext(value[i + 1], block);
            }
        }
        return new Position(line + 1, column + 1);
    }

    /** Moves behind what stands in the file for one code point of the value. */
    private void pass(int expected) {
        int here = file[at];
        if (style == ScalarStyle.DOUBLE_QUOTED && here == '\\') {
            advance();
            int digits = at < file.length ? escapeDigits(file[at]) : 0;
            for (int i = 0; i <= digits; i++) {
                advance();
            }
        } else if (style == ScalarStyle.SINGLE_QUOTED && here == '\'' && expected == '\'') {
            advance();
            advance();
        } else {
            advance();
        }
    }

    /** Where lines are folded, the file has more blanks than the value, and a break where the value has a blank. */
    private void skipToNext(int expected, boolean block) {
        if (block) {
            if (column == 0) {
                skipIndentation(expected);
            }
            return;
        }
        boolean folded = at < file.length && isBlank(file[at]) && !isBlank(expected);
        while (folded && at < file.length && isBlank(file[at])) {
            advance();
        }
    }

    private void skipLine() {
        while (at < file.length && file[at] != '\n') {
            advance();
        }
        advance();
    }

    private void skipIndentation(int expected) {
        while (expected != '\n' && at < file.length && file[at] == '\n') {
            advance();
        }
        while (column < indentation && at < file.length && file[at] == ' ') {
            advance();
        }
    }

    /** Of a block: what its first line that holds anything has more blanks in the file than in the value. */
    private int indentation() {
        int first = at;
        while (first < file.length && file[first] != '\n') {
            first++;
        }
        return Math.max(0, leadingBlanks(file, first + 1) - leadingBlanks(value, 0));
    }

    private static int leadingBlanks(int[] text, int from) {
        int blanks = 0;
        for (int i = from; i < text.length && (text[i] == ' ' || text[i] == '\n'); i++) {
            blanks = text[i] == '\n' ? 0 : blanks + 1;
        }
        return blanks;
    }

    private void advance() {
        if (at < file.length && file[at] == '\n') {
            line++;
            column = 0;
        } else {
            column++;
        }
        at++;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static int escapeDigits(int c) {
        return c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    }
}
