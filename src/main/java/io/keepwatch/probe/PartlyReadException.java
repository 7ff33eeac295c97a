package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import io.keepwatch.event.Unread;
import java.io.IOException;
import java.util.List;

/** A part of a feature could not be read, which the message says; the rest is here. */
public final class PartlyReadException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Unread unread;
    private final transient List<Reading> readings;

    public PartlyReadException(Unread unread, List<Reading> readings) {
        super(unread.why());
        this.unread = unread;
        this.readings = List.copyOf(readings);
    }

    public Unread unread() {
        return unread;
    }

    public List<Reading> readings() {
        return readings;
    }
}
