package io.keepwatch.daemon;

import io.keepwatch.event.ProbeFailed;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.event.Reading;
import io.keepwatch.event.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The last word of every probe, for the metrics page and the API. Any thread. */
final class ProbeBoard {
    private final Map<String, Last> byProbe = new ConcurrentSkipListMap<>();

    /** After a failure only what was read beside it is here: an old value must not look like a new one. */
    record Last(Instant at, Optional<String> problem, Duration took, List<Reading> readings) {
        boolean success() {
            return problem.isEmpty();
        }
    }

    void take(ProbeRead read) {
        byProbe.put(read.probe(), new Last(read.at(), read.unread().map(Unread::why), read.took(), read.readings()));
    }

    void take(ProbeFailed failed) {
        byProbe.put(failed.probe(), new Last(failed.at(), Optional.of(failed.problem()), failed.took(), List.of()));
    }

    Map<String, Last> last() {
        return byProbe;
    }
}
