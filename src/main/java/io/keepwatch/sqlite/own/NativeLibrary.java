package io.keepwatch.sqlite.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLite's native code is unpacked before it is loaded; /tmp may forbid that (noexec), the state directory does not. */
public final class NativeLibrary {
    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Does nothing where the property is set already or the directory may not be written. */
    public static void unpackIn(Path stateDirectory) throws IOException {
        if (System.getProperty(PROPERTY) == null && Files.isWritable(stateDirectory)) {
            Path directory = stateDirectory.resolve("tmp").toAbsolutePath();
            Files.createDirectories(directory);
            System.setProperty(PROPERTY, directory.toString());
        }
    }
}
