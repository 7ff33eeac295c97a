package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Severity;
import io.keepwatch.threshold.SubjectState;
import io.keepwatch.threshold.TrackerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdFileTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void what_was_told_is_there_after_a_restart() {
        SubjectState state = new SubjectState(
                "disk.usage",
                "space",
                "/srv",
                "",
                Severity.WARNING,
                Optional.empty(),
                true,
                Optional.of(new SubjectState.Told(NOW, "/srv is nearly full")),
                List.of());
        TrackerState all = new TrackerState(List.of(state), List.of());
        new ThresholdFile(folder).save(all);
        assertThat(new ThresholdFile(folder).load()).isEqualTo(all);
    }

    @Test
    void a_file_from_before_alerts_had_words_is_taken() throws IOException {
        Files.writeString(folder.resolve("thresholds.json"), """
                {"subjects": [{"topic": "disk.usage", "threshold": "space", "subject": "/srv", "identity": "",
                  "severity": "WARNING", "worse_since": null, "was_good": true, "points": []}], "based": []}
                """);
        assertThat(new ThresholdFile(folder).load().subjects()).singleElement().satisfies(state -> {
            assertThat(state.severity()).isEqualTo(Severity.WARNING);
            assertThat(state.told()).isEmpty();
        });
    }

    @Test
    void a_damaged_file_is_begun_anew() throws IOException {
        Files.writeString(folder.resolve("thresholds.json"), "{\"subjects\": [");
        assertThat(new ThresholdFile(folder).load()).isEqualTo(TrackerState.EMPTY);
    }
}
