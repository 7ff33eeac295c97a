package io.keepwatch.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What had outlived its time was removed, as far as it could be.
 *
 * @param versions that retention did not keep, and the bytes of their contents
 * @param objects that were deleted from the bucket; those of versions that go now follow a day later
 * @param problem why a part was left for the next time
 */
public record MaintenanceCompleted(
        Instant at, long versions, long bytes, long objects, Optional<String> problem, Duration took)
        implements Event {}
