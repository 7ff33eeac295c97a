package io.keepwatch.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another program that commits to a database as fast as it can, says each number once it is committed, and after so many
 * holds the database open until its input ends.
 */
final class DatabaseWriter {
    private DatabaseWriter() {}

    static Process start(Path file, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseWriter.class.getName(),
                file.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        try (SampleDatabase database = SampleDatabase.create(Path.of(args[0]), args[1])) {
            database.run("PRAGMA synchronous=OFF");
            database.run("PRAGMA wal_autocheckpoint=50");
            database.run("PRAGMA busy_timeout=10000");
            long most = args.length > 2 ? Long.parseLong(args[2]) : Long.MAX_VALUE;
            for (long last = 0; last < most && !out.checkError(); ) {
                last = database.commit();
                out.println(last);
            }
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
