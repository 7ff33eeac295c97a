package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.util.List;

/** A part of a feature could not be read, which the message says; the rest is here. */
public final class PartlyReadException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<Reading> readings;

    public PartlyReadException(String message, List<Reading> readings) {
        super(message);
        this.readings = List.copyOf(readings);
    }

    public List<Reading> readings() {
        return readings;
    }
}
