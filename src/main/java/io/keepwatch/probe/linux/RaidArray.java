package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One array of any kind.
 *
 * @param kind what makes it: {@code md}, {@code zfs}, {@code storcli} …
 * @param state one word for a person: {@code healthy}, {@code degraded}, {@code recovering} …
 * @param degradation whether data are still redundant
 * @param progress of what is under way, from 0 to 1
 * @param mismatches found by the last check, where they mean damage
 */
record RaidArray(
        String name,
        String kind,
        String level,
        String state,
        Degradation degradation,
        int members,
        int missing,
        int failed,
        int spares,
        OptionalDouble progress,
        OptionalLong mismatches) {
    /** From whole to lost, with the number of the reading. */
    enum Degradation {
        NONE(0),
        DEGRADED(1),
        FAILED(2);

        private final int number;

        Degradation(int number) {
            this.number = number;
        }
    }

    List<Reading> readings() {
        Map<String, String> labels = Map.of("kind", kind, "level", level, "state", state);
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading("raid.degradation", name, degradation.number, labels));
        readings.add(new Reading("raid.members", name, members, labels));
        readings.add(new Reading("raid.missing_members", name, missing, labels));
        readings.add(new Reading("raid.failed_members", name, failed, labels));
        readings.add(new Reading("raid.spare_members", name, spares, labels));
        progress.ifPresent(share -> readings.add(new Reading("raid.progress_ratio", name, share, labels)));
        mismatches.ifPresent(count -> readings.add(new Reading("raid.mismatches", name, (double) count, labels)));
        return readings;
    }
}
