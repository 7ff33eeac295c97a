package io.keepwatch.probe.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the {@code start on} of an Upstart job comes true while the host boots into a run level. */
final class UpstartCondition {
    private static final Pattern TOKEN = Pattern.compile("\\(|\\)|[^\\s()]+");
    /** Events that every boot emits by itself. */
    private static final Set<String> BOOT_EVENTS = Set.of(
            "startup",
            "filesystem",
            "local-filesystems",
            "virtual-filesystems",
            "remote-filesystems",
            "all-swaps",
            "mounted",
            "mounting",
            "net-device-up",
            "net-device-added",
            "static-network-up",
            "not-container");

    private final List<String> tokens = new ArrayList<>();
    private final String runLevel;
    private final Set<String> started;
    private int next;

    UpstartCondition(String text, String runLevel, Set<String> started) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        this.runLevel = runLevel;
        this.started = started;
    }

    boolean holds() {
        next = 0;
        return either();
    }

    /** {@code and} and {@code or} bind alike in Upstart, from left to right. */
    private boolean either() {
        boolean value = event();
        while (next < tokens.size() && (peek("or") || peek("and"))) {
            boolean isOr = peek("or");
            next++;
            boolean right = event();
            value = isOr ? value || right : value && right;
        }
        return value;
    }

    private boolean event() {
        if (next >= tokens.size()) {
            return false;
        }
        if (peek("(")) {
            next++;
            boolean value = either();
            next += next < tokens.size() ? 1 : 0;
            return value;
        }
        String name = tokens.get(next++);
        List<String> arguments = new ArrayList<>();
        while (next < tokens.size() && !peek("or") && !peek("and") && !peek("(") && !peek(")")) {
            arguments.add(tokens.get(next++));
        }
        return happens(name, arguments);
    }

    private boolean happens(String name, List<String> arguments) {
        return switch (name) {
            case "runlevel" -> arguments.isEmpty() || matchesRunLevel(arguments.get(0));
            case "started", "starting", "stopped", "stopping" ->
                !arguments.isEmpty()
                        && started.contains(arguments.get(0).replaceFirst("^JOB=", ""))
                        && arguments.stream()
                                .filter(word -> word.startsWith("RUNLEVEL="))
                                .allMatch(this::matchesRunLevel);
            default -> BOOT_EVENTS.contains(name);
        };
    }

    /** {@code [2345]}, {@code [!2345]} or one level, after {@code RUNLEVEL=} or without. */
    private boolean matchesRunLevel(String text) {
        String levels = text.replaceFirst("^RUNLEVEL=", "");
        boolean not = levels.startsWith("[!") || levels.startsWith("[^");
        return levels.contains(runLevel) != not;
    }

    private boolean peek(String token) {
        return tokens.get(next).equals(token);
    }
}
