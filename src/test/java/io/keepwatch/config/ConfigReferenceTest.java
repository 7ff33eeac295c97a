package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Regenerate with {@code ./mvnw test -Dtest=ConfigReferenceTest -Dkeepwatch.regenerate=true}. */
class ConfigReferenceTest {
    private static final Path PAGE = Path.of("docs/config.md");

    @Test
    void the_reference_page_is_what_the_code_says() throws IOException {
        String page = new ConfigReference().page();
        if (Boolean.getBoolean("keepwatch.regenerate")) {
            Files.createDirectories(PAGE.resolveSibling("."));
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
