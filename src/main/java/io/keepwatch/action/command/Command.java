package io.keepwatch.action.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run.
 *
 * @param arguments the program first; no shell reads them
 * @param environment beside PATH, HOME and LANG
 * @param user empty for the user of this process
 * @param event as JSON; on the standard input, and in the file that {@code RULE_EVENT_FILE} names
 */
public record Command(
        List<String> arguments,
        Map<String, String> environment,
        Optional<String> user,
        Duration timeout,
        String event) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(new LinkedHashMap<>(environment));
    }

    String program() {
        return arguments.get(0);
    }
}
