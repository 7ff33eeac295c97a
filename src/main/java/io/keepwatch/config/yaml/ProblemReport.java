package io.keepwatch.config.yaml;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shows problems to a person: the place, the line with its neighbours, a caret under the column, and what to do.
 * Values of keys that look like a secret are never shown.
 */
public final class ProblemReport {
    private static final Pattern SECRET =
            Pattern.compile("((?i:access|secret|password|token)[\\w-]*[\"']?\\s*:\\s*)[^,}\\s][^,}]*");
    private static final int WIDTH = 120;

    private final List<String> lines;

    /** For problems found in this text. */
    public ProblemReport(String text) {
        this.lines = text.lines().toList();
    }

    public String of(List<ConfigProblem> problems) {
        return problems.stream().map(this::of).collect(Collectors.joining("\n"));
    }

    /** Ends with a line break. */
    public String of(ConfigProblem problem) {
        StringBuilder out = new StringBuilder(problem.place());
        out.append(problem.severity() == Severity.NOTE ? " note: " : " ");
        out.append(problem.keyPath().isEmpty() ? "" : problem.keyPath() + ": ");
        out.append(problem.problem()).append('\n');
        int line = problem.position().line();
        int digits = String.valueOf(line + 1).length();
        for (int number = line - 1; number <= line + 1; number++) {
            if (line > 0 && number > 0 && number <= lines.size()) {
                appendLine(out, number, digits, problem.position());
            }
        }
        if (!problem.advice().isEmpty()) {
            out.append("  ").append(problem.advice()).append('\n');
        }
        return out.toString();
    }

    private void appendLine(StringBuilder out, int number, int digits, Position position) {
        boolean wrong = number == position.line();
        int[] shown = printable(SECRET.matcher(lines.get(number - 1)).replaceAll("$1..."));
        int from = position.column() > WIDTH ? position.column() - WIDTH / 2 : 0;
        int to = Math.min(shown.length, from + WIDTH);
        String text = from < to ? new String(shown, from, to - from).stripTrailing() : "";
        out.append(("  %" + digits + "d | %s").formatted(number, text).stripTrailing())
                .append('\n');
        if (wrong) {
            int caret = Math.max(0, position.column() - 1 - from);
            out.append("  %s | %s^%n"
                    .formatted(" ".repeat(digits), " ".repeat(caret))
                    .replace("\r", ""));
        }
    }

    /** One column for each code point, so that the caret stands under the right one. */
    private static int[] printable(String line) {
        return line.codePoints()
                .map(c -> c == '\t' ? ' ' : isHidden(c) ? '?' : c)
                .toArray();
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }
}
