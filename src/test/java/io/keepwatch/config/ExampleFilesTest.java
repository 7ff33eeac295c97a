package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that the repository shows can be used as it is. */
class ExampleFilesTest {
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final List<Path> PAGES = List.of(Path.of("README.md"), Path.of("docs/config.md"));

    @TempDir
    private Path home;

    static Stream<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream()
                    .map(ExampleFilesTest::read);
        }
    }

    static Stream<String> snippets() {
        return PAGES.stream()
                .filter(Files::exists)
                .map(ExampleFilesTest::read)
                .flatMap(page -> YAML_BLOCK.matcher(page).results().map(MatchResult::group))
                .map(block -> block.substring("```yaml\n".length(), block.length() - "```".length()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource({"examples", "snippets"})
    void a_configuration_that_is_shown_loads_without_a_note(String text) throws IOException {
        Path file = Files.writeString(home.resolve("keepwatch.yml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        LoadedConfig loaded = new ConfigLoader(Machine.current()).load(file);
        assertThat(loaded.config().roots()).isNotEmpty();
        assertThat(loaded.notes()).isEmpty();
    }
}
