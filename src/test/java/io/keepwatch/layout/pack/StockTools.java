package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The commands of a Linux distribution that open packs. */
final class StockTools {
    private StockTools() {}

    static boolean has(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** What a command says, errors included; it must end with 0. Skips the test where there is no such command. */
    static String run(Path directory, String... command) throws Exception {
        assumeTrue(has(command[0]), "needs the command " + command[0]);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }
}
