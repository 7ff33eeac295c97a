package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A probe has read its aspect of the host. No readings: this host lacks the feature. */
public record ProbeRead(Instant at, String probe, List<Reading> readings, Duration took) implements Event {
    public ProbeRead {
        readings = List.copyOf(readings);
    }
}
