package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the parts of a probe read, each by itself: one that cannot be read hides no other. For one read and one thread. */
public final class Parts {
    private final List<Reading> readings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** One part of a probe; it throws as a probe does. */
    @FunctionalInterface
    public interface Part {
        List<Reading> read() throws IOException;
    }

    public void add(Part part) {
        try {
            readings.addAll(part.read());
        } catch (IOException | RuntimeException e) {
            problems.add(problem(e));
        }
    }

    /** All readings. Throws PartlyReadException with them where a part failed, and IOException where nothing was read then. */
    public List<Reading> readings() throws IOException {
        if (problems.isEmpty()) {
            return readings;
        }
        String problem = String.join("; ", problems);
        throw readings.isEmpty() ? new IOException(problem) : new PartlyReadException(problem, readings);
    }

    static String problem(Throwable error) {
        boolean speaks = error.getClass() == IOException.class || error instanceof PartlyReadException;
        return speaks && error.getMessage() != null ? error.getMessage() : error.toString();
    }
}
