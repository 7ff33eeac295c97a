package io.keepwatch.probe.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the {@code [Unit]} section of a unit file or a drop-in pulls in. */
final class UnitText {
    private static final Set<String> PULLING = Set.of("Wants", "Requires", "BindsTo", "Upholds");

    private UnitText() {}

    /** A unit that another one pulls in. */
    record Pull(String key, String name) {}

    /** @param unit the unit that the text is of; specifiers in it are those of its name */
    static List<Pull> pulls(String text, UnitName unit) {
        List<Pull> pulls = new ArrayList<>();
        boolean inUnit = false;
        for (String line : logicalLines(text)) {
            if (line.startsWith("[")) {
                inUnit = line.equals("[Unit]");
            } else if (inUnit && line.contains("=")) {
                String key = line.substring(0, line.indexOf('=')).strip();
                if (PULLING.contains(key)) {
                    names(line.substring(line.indexOf('=') + 1), unit).forEach(name -> pulls.add(new Pull(key, name)));
                }
            }
        }
        return pulls;
    }

    /** Without comments; a line that ends with a backslash goes on in the next one that is no comment. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : text.lines().map(String::strip).toList()) {
            if (part.startsWith("#") || part.startsWith(";")) {
                continue;
            }
            if (part.endsWith("\\")) {
                line.append(part, 0, part.length() - 1).append(' ');
            } else {
                lines.add(line.append(part).toString());
                line.setLength(0);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> names(String value, UnitName unit) {
        List<String> names = new ArrayList<>();
        for (String word : value.replace("\"", "").strip().split("\\s+", -1)) {
            String name = word.replace("%i", unit.instance())
                    .replace("%p", unit.prefix())
                    .replace("%n", unit.text())
                    .replace("%N", unit.withoutType());
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }
}
