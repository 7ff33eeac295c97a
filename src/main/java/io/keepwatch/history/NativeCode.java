package io.keepwatch.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLite unpacks its native code before it loads it; /tmp may forbid that, the state folder does not. */
final class NativeCode {
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeCode() {}

    /** Does nothing where the property is set already. */
    static void unpackIn(Path stateDirectory) throws IOException {
        if (System.getProperty(PROPERTY) == null && Files.isWritable(stateDirectory)) {
            Path directory = stateDirectory.resolve("tmp").toAbsolutePath();
            Files.createDirectories(directory);
            System.setProperty(PROPERTY, directory.toString());
        }
    }
}
