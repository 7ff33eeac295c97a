package io.keepwatch.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("exclude", "exclude_caches", "include", "max_size", "path", "s3");

    @ParameterizedTest
    @CsvSource({
        "exlude, exclude",
        "maxSize, max_size",
        "excludes, exclude",
        "Path, path",
        "exclude_cach, exclude_caches"
    })
    void what_is_near_is_found(String written, String meant) {
        assertThat(NearestName.of(written, KNOWN)).hasValue(meant);
    }

    @Test
    void what_is_far_is_not_guessed() {
        assertThat(NearestName.of("bandwidth", KNOWN)).isEmpty();
        assertThat(NearestName.of("io", KNOWN)).isEmpty();
    }
}
