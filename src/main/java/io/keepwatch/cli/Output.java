package io.keepwatch.cli;

import io.keepwatch.http.Json;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The result of a command, as text for people or as JSON for programs. Keys of the JSON are in snake case, times
 * and durations in ISO 8601.
 */
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Prints one result. The text carries its own line breaks. */
    void print(Object result, Supplier<String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? Json.writePretty(result) + "\n" : text.get());
        out.flush();
    }

    boolean isJson() {
        return json;
    }
}
