package io.keepwatch.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Rows under headings, each column as wide as its widest cell. Cells are shown as they are: escape foreign text before. */
final class Table {
    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;

    /** A heading that begins with {@code >} makes a column of numbers, flush right. */
    Table(String... headings) {
        this.right =
                Arrays.stream(headings).map(heading -> heading.startsWith(">")).toList();
        rows.add(Arrays.stream(headings)
                .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                .toList());
    }

    /** Throws IllegalArgumentException when the row has more or fewer cells than there are headings. */
    Table row(String... cells) {
        if (cells.length != right.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** All rows, with a line break after each. */
    @Override
    public String toString() {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        Column[] columns = Arrays.stream(widths)
                .mapToObj(width -> new Column(width + GAP, 0, Overflow.TRUNCATE))
                .toArray(Column[]::new);
        TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        for (List<String> row : rows) {
            String[] cells = new String[widths.length];
            for (int i = 0; i < widths.length; i++) {
                int padding = right.get(i) ? widths[i] - row.get(i).length() : 0;
                cells[i] = " ".repeat(padding) + row.get(i);
            }
            table.addRowValues(cells);
        }
        return table.toString();
    }
}
