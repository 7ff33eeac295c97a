package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Regenerate with {@code ./mvnw test -Dtest=CliReferenceTest -Dkeepwatch.regenerate=true}. */
class CliReferenceTest {
    private static final Path PAGE = Path.of("docs/cli.md");

    @Test
    void the_reference_page_is_what_the_commands_say() throws IOException {
        String page = new CliReference().page();
        if (Boolean.getBoolean("keepwatch.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
