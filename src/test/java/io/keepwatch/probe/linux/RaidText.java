package io.keepwatch.probe.linux;

import java.util.List;

/** Arrays in one line each, so that a test shows all that it expects. */
final class RaidText {
    private RaidText() {}

    static List<String> of(List<RaidArray> arrays) {
        return arrays.stream()
                .map(array -> "%s %s %s %s, %d members, %d missing, %d failed, %d spares"
                        .formatted(
                                array.name(),
                                array.level(),
                                array.state(),
                                array.degradation(),
                                array.members(),
                                array.missing(),
                                array.failed(),
                                array.spares()))
                .toList();
    }
}
