package io.keepwatch.bus;

import io.keepwatch.event.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes an immutable record by reference; it never crosses the wire. */
final class ReferenceCodec implements MessageCodec<Event, Event> {
    static final String NAME = "keepwatch-reference";

    @Override
    public void encodeToWire(Buffer buffer, Event event) {
        throw new UnsupportedOperationException("events stay within the process");
    }

    @Override
    public Event decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("events stay within the process");
    }

    @Override
    public Event transform(Event event) {
        return event;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
