package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import io.keepwatch.event.Unread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the parts of a probe read, each by itself: one that cannot be read hides no other. For one read and one thread. */
public final class Parts {
    private final List<Reading> readings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> unreadKinds = new HashSet<>();
    private boolean kindsKnown = true;
    private boolean kindRead;

    /** One part of a probe; it throws as a probe does. */
    @FunctionalInterface
    public interface Part {
        List<Reading> read() throws IOException;
    }

    /** A part of which nobody knows what is missing when it cannot be read. */
    public void add(Part part) {
        try {
            readings.addAll(part.read());
        } catch (IOException | RuntimeException e) {
            problems.add(problem(e));
            kindsKnown = false;
        }
    }

    /** A part all of whose readings have this {@code kind} as a label, and no other part's. */
    public void add(String kind, Part part) {
        try {
            readings.addAll(part.read());
            kindRead = true;
        } catch (IOException | RuntimeException e) {
            problems.add(problem(e));
            unreadKinds.add(kind);
        }
    }

    /**
     * All readings. Throws PartlyReadException with them where a part failed, and IOException where nothing was read then: no
     * reading, and no kind that could be read and has none.
     */
    public List<Reading> readings() throws IOException {
        if (problems.isEmpty()) {
            return readings;
        }
        String problem = String.join("; ", problems);
        Set<String> kinds = kindsKnown ? unreadKinds : Set.of();
        throw readings.isEmpty() && !kindRead
                ? new IOException(problem)
                : new PartlyReadException(new Unread(problem, kinds), readings);
    }

    static String problem(Throwable error) {
        boolean speaks = error.getClass() == IOException.class || error instanceof PartlyReadException;
        return speaks && error.getMessage() != null ? error.getMessage() : error.toString();
    }
}
