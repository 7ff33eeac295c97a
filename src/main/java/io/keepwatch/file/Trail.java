package io.keepwatch.file;

import io.keepwatch.unit.DisplayText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The way on which an entry was reached, for messages only; made into text when a message needs it. */
record Trail(Optional<Trail> parent, Bytes name) {
    static final Trail TOP = new Trail(Optional.empty(), Bytes.of(new byte[0]));

    Trail to(byte[] child) {
        return new Trail(Optional.of(this), Bytes.of(child));
    }

    /** Without recursion: a path may have thousands of parts. */
    @Override
    public String toString() {
        Deque<String> parts = new ArrayDeque<>();
        Optional<Trail> at = Optional.of(this);
        while (at.isPresent() && at.get().parent.isPresent()) {
            parts.addFirst(DisplayText.of(at.get().name.toArray()));
            at = at.get().parent;
        }
        return "/" + String.join("/", parts);
    }
}
