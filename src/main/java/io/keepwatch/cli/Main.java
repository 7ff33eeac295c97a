package io.keepwatch.cli;

import io.keepwatch.config.Machine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The entry point, and the only place that ends the process. */
public final class Main {
    private Main() {}

    /** Ends the JVM in every case: threads of Vert.x would keep it alive after an exception here. */
    public static void main(String[] args) {
        PrintWriter err = writer(FileDescriptor.err);
        System.exit(run(args, writer(FileDescriptor.out), err));
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        try {
            return Cli.of(Machine.current()).setOut(out).setErr(err).execute(args);
        } catch (Throwable error) {
            return Cli.unexpected(error, err, List.of(args).contains("--verbose"));
        } finally {
            out.flush();
            err.flush();
        }
    }

    // System.out encodes by the locale, which under systemd is ASCII: file names would turn into question marks.
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
