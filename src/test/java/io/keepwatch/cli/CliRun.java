package io.keepwatch.cli;

import io.keepwatch.config.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** What one command line did. */
record CliRun(int exitCode, String out, String err) {
    /** Runs as the current user, whose home is this folder, on a machine called web-1. */
    static CliRun of(Path home, String... args) {
        return of(Cli.of(machine(home)), args);
    }

    static CliRun of(CommandLine line, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
        line.getOut().flush();
        line.getErr().flush();
        return new CliRun(exitCode, out.toString(), err.toString());
    }

    static Machine machine(Path home) {
        return new Machine(Map.of(), home, Machine.current().uid(), "web-1");
    }
}
