package io.keepwatch.cli;

import io.keepwatch.http.Json;
import java.io.PrintWriter;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The result of a command, as text for people or as JSON for programs. Keys of the JSON are in snake case, times
 * and durations in ISO 8601.
 */
final class Output {
    private static final Pattern STEERING =
            Pattern.compile("[\\x{7f}-\\x{9f}\\x{200e}\\x{200f}\\x{2028}-\\x{202e}\\x{2066}-\\x{2069}\\x{feff}]");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Prints one result. The text carries its own line breaks. */
    void print(Object result, Supplier<String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? escaped(Json.writePretty(result)) + "\n" : text.get());
        out.flush();
    }

    /** Characters that would steer a terminal stand only within strings here, where JSON has its own escape for them. */
    private static String escaped(String json) {
        return STEERING.matcher(json)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    boolean isJson() {
        return json;
    }
}
