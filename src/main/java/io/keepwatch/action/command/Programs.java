package io.keepwatch.action.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Finds programs as a shell does, so that a missing one is told by its name. */
final class Programs {
    private Programs() {}

    static Path find(String program, String path) throws IOException {
        if (program.isEmpty()) {
            throw new IOException("the name of the program is empty: the first item of run must yield a text");
        }
        if (program.contains("/")) {
            Path file = Path.of(program);
            if (!file.isAbsolute()) {
                throw new IOException("\"" + program + "\" is neither a name nor an absolute path: write it from / on");
            }
            if (!isProgram(file)) {
                throw new IOException(
                        Files.exists(file)
                                ? program + " is not a program: make it one with chmod +x " + program
                                : "there is no program " + program + ": install it, or change the rule");
            }
            return file;
        }
        return Arrays.stream(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Programs::isProgram)
                .findFirst()
                .orElseThrow(() -> new IOException("there is no program \"" + program + "\" in " + path
                        + ": install it, or write its absolute path"));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
