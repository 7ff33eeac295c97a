package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A probe has read its aspect of the host. No readings: this host lacks the feature.
 *
 * @param unread a part that could not be read; what is missing from the readings may be there then
 */
public record ProbeRead(Instant at, String probe, List<Reading> readings, Duration took, Optional<Unread> unread)
        implements Event {
    public ProbeRead {
        readings = List.copyOf(readings);
    }

    /** All of it has been read. */
    public ProbeRead(Instant at, String probe, List<Reading> readings, Duration took) {
        this(at, probe, readings, took, Optional.empty());
    }
}
