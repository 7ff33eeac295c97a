package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.util.List;

/**
 * Reads one aspect of the host. Implementations are plain, may block, know nothing of thresholds, and are never asked by
 * two threads at once; what they keep between two reads needs no lock.
 */
public interface Probe {
    ProbeInfo info();

    /**
     * Returns no readings when this host lacks the feature; throws only when a feature that is present cannot be read, with
     * a message that names the file or the tool. Where only a part cannot be read, that is a {@link PartlyReadException},
     * which has the rest. All readings are of the kinds that {@link #info} declares, each at most
     * once for a subject.
     */
    List<Reading> read() throws IOException;
}
