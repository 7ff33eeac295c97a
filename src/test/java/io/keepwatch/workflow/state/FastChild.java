package io.keepwatch.workflow.state;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.sqlite.util.OSInfo;

/**
 * A child process of this test's class path that starts in half of the time: its classes come from an archive that a first
 * child leaves behind (AppCDS), and the native library lies unpacked. Without an archive it starts all the same.
 */
final class FastChild {
    private final Path folder;
    private final String classPath;

    private FastChild(Path folder, String classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    /** @param arguments of a first child that does all that matters, and ends by itself */
    static FastChild of(Path folder, Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> entries = new ArrayList<>();
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : all.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            // Classes of folders do not get into an archive.
            entries.add(
                    Files.isDirectory(path)
                            ? jar(path, folder.resolve("classes-" + entries.size() + ".jar"))
                                    .toString()
                            : entry);
        }
        try (InputStream library = FastChild.class.getResourceAsStream(
                "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/libsqlitejdbc.so")) {
            if (library != null) {
                Files.copy(library, folder.resolve("libsqlitejdbc.so"));
            }
        }
        FastChild child = new FastChild(folder, String.join(File.pathSeparator, entries));
        Process first = child.builder("-XX:ArchiveClassesAtExit=" + child.archive(), program, arguments)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("first.log").toFile())
                .start();
        if (!first.waitFor(120, TimeUnit.SECONDS) || first.exitValue() != 0) {
            first.destroyForcibly();
            throw new IllegalStateException(Files.readString(folder.resolve("first.log")));
        }
        return child;
    }

    ProcessBuilder builder(Class<?> program, String... arguments) {
        return builder("-XX:SharedArchiveFile=" + archive(), program, arguments);
    }

    private ProcessBuilder builder(String option, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                option,
                "-Dorg.sqlite.lib.path=" + folder,
                "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
                "-cp",
                classPath,
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private Path archive() {
        return folder.resolve("classes.jsa");
    }

    private static Path jar(Path classes, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> found = Files.walk(classes)) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            for (Path path : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                jar.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, jar);
                jar.closeEntry();
            }
        }
        return file;
    }
}
