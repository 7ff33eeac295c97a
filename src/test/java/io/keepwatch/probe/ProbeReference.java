package io.keepwatch.probe;

import io.keepwatch.unit.DurationText;
import java.util.List;

/** Writes docs/probes.md from the list of probes. */
final class ProbeReference {
    private static final String TOP = """
            # Probes

            <!-- Written from the code: ./mvnw test -Dtest=ProbeReferenceTest -Dkeepwatch.regenerate=true -->

            A probe reads one aspect of the host. `keepwatch probes` shows which of them have something to read on this host and what the
            others need; `keepwatch probe NAME` runs one now. The interval of each, and `off`, stand under
            [`probes`](config.md#probes) in the configuration.

            Every reading is on `/metrics` as a gauge: `disk.used_ratio` of `/` is `keepwatch_probe_disk_used_ratio{subject="/"}`. Beside
            them stand `keepwatch_probe_duration_seconds{probe="disk.usage"}` and `keepwatch_probe_success`. Units are bytes, seconds,
            degrees Celsius and shares from 0 to 1. Rates appear from the second read on.

            All readings but those of `network.listener`, `service.boot` and `service.failed` are recorded in `history.db` in the state
            folder: 48 hours as they were read, 14 days in minutes, 100 days in quarters of an hour and 2 years in days, the latter with
            minimum, mean and maximum.

            """;

    private ProbeReference() {}

    static String page(List<Probe> probes) {
        StringBuilder page = new StringBuilder(TOP);
        page.append("| probe | every | |\n|---|---|---|\n");
        for (Probe probe : probes) {
            ProbeInfo info = probe.info();
            page.append("| [`%s`](#%s) | %s | %s |\n"
                    .formatted(
                            info.name(), info.name().replace(".", ""), DurationText.of(info.every()), info.summary()));
        }
        probes.forEach(probe -> section(page, probe.info()));
        return page.toString();
    }

    private static void section(StringBuilder page, ProbeInfo info) {
        page.append("\n## ").append(info.name()).append("\n\n");
        page.append(info.summary()).append(" Needs ").append(info.needs()).append(".\n\n");
        page.append("| reading | subject | meaning |\n|---|---|---|\n");
        for (ReadingKind kind : info.readings()) {
            page.append("| `%s` | %s | %s |\n"
                    .formatted(kind.name(), kind.subject().isEmpty() ? "the host" : kind.subject(), kind.meaning()));
        }
    }
}
