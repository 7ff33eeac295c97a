package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A probe has read its aspect of the host. No readings: this host lacks the feature.
 *
 * @param unread why a part could not be read, a sentence for a person; what is missing from the readings then is not gone
 */
public record ProbeRead(Instant at, String probe, List<Reading> readings, Duration took, Optional<String> unread)
        implements Event {
    public ProbeRead {
        readings = List.copyOf(readings);
    }

    /** All of it has been read. */
    public ProbeRead(Instant at, String probe, List<Reading> readings, Duration took) {
        this(at, probe, readings, took, Optional.empty());
    }
}
