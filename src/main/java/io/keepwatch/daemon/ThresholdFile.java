package io.keepwatch.daemon;

import io.keepwatch.file.WholeFile;
import io.keepwatch.http.Json;
import io.keepwatch.threshold.TrackerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the thresholds remember over a restart, in {@code thresholds.json} of the state folder. One thread at a time. */
final class ThresholdFile {
    private static final Logger LOG = LoggerFactory.getLogger(ThresholdFile.class);

    private final Path file;

    ThresholdFile(Path stateDirectory) {
        this.file = stateDirectory.resolve("thresholds.json");
    }

    /** Nothing where there is no file; one that cannot be read is told and begun anew. */
    TrackerState load() {
        try {
            return Json.read(Files.readString(file), TrackerState.class);
        } catch (NoSuchFileException e) {
            return TrackerState.EMPTY;
        } catch (IOException | IllegalArgumentException e) {
            String problem = e.toString().lines().findFirst().orElse("");
            LOG.warn("{} cannot be read, so what was told before may be told again: {}", file, problem);
            return TrackerState.EMPTY;
        }
    }

    /** Replaces the file whole. A failure is told, and tried again with the next save. */
    void save(TrackerState state) {
        try {
            new WholeFile(file).write(Json.write(state));
        } catch (IOException e) {
            LOG.warn("{} could not be written; it is tried again: {}", file, e.toString());
        }
    }
}
