package io.keepwatch.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, set ahead by as much as a test says. */
final class ShiftedClock extends Clock {
    private volatile Duration ahead;

    ShiftedClock(Duration ahead) {
        this.ahead = ahead;
    }

    void setAhead(Duration time) {
        ahead = time;
    }

    void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
