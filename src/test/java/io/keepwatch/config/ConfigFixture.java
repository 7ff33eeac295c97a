package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.yaml.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Loads texts as if they stood in a file of an ordinary user called web-1. */
final class ConfigFixture {
    static final Machine MACHINE =
            new Machine(Map.of(), Path.of("/home/ada"), Machine.current().uid(), "web-1");

    private final Path file;

    ConfigFixture(Path folder) {
        this.file = folder.resolve("keepwatch.yml");
    }

    Path file() {
        return file;
    }

    LoadedConfig load(String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ConfigLoader(MACHINE).load(file);
    }

    List<ConfigProblem> problems(String text) {
        try {
            return load(text).notes();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    /** The only problem of a text, as {@code line:column key: problem; advice}. */
    String problem(String text) {
        List<ConfigProblem> problems = problems(text);
        assertThat(problems).hasSize(1);
        return problems.get(0).toString().substring(file.toString().length() + 1);
    }
}
