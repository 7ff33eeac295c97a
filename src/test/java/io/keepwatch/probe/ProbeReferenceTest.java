package io.keepwatch.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Regenerate with {@code ./mvnw test -Dtest=ProbeReferenceTest -Dkeepwatch.regenerate=true}. */
class ProbeReferenceTest {
    private static final Path PAGE = Path.of("docs/probes.md");

    @Test
    void the_reference_page_is_what_the_code_says() throws IOException {
        String page = ProbeReference.page(Probes.ofThisHost());
        if (Boolean.getBoolean("keepwatch.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
