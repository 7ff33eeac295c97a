package io.keepwatch.daemon;

import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The last word of every probe, for the metrics page. Any thread. */
final class ProbeBoard {
    private final Map<String, Last> byProbe = new ConcurrentSkipListMap<>();

    /** After a failure the readings of before are gone: an old value must not look like a new one. */
    record Last(boolean success, Duration took, List<Reading> readings) {}

    void take(ProbeRead read) {
        byProbe.put(read.probe(), new Last(true, read.took(), read.readings()));
    }

    void take(ProbeFailed failed) {
        byProbe.put(failed.probe(), new Last(false, failed.took(), List.of()));
    }

    Map<String, Last> last() {
        return byProbe;
    }
}
