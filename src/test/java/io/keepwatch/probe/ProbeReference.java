package io.keepwatch.probe;

import io.keepwatch.event.ReadingText;
import io.keepwatch.event.Severity;
import io.keepwatch.threshold.Appearance;
import io.keepwatch.threshold.Condition;
import io.keepwatch.threshold.DefaultThresholds;
import io.keepwatch.threshold.Forecast;
import io.keepwatch.threshold.FreeSpaceLimit;
import io.keepwatch.threshold.Growth;
import io.keepwatch.threshold.Levels;
import io.keepwatch.threshold.Threshold;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final String THRESHOLDS = """

            ## Thresholds

            When one of these is reached, or over, `threshold.crossed` is told once, with the topic in it; `/api/v1/alerts` lists what is not
            good. The rules in `workflows/host.yml` make messages of it, one rule a topic; they can be changed, silenced or switched off. A level
            is over only at the value in brackets. Other limits are rules of your own on the probe's event: see [rules.md](rules.md).

            | topic | threshold | reading | when |
            |---|---|---|---|
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
        page.append(THRESHOLDS);
        DefaultThresholds.all().forEach(threshold -> line(page, threshold));
        return page.toString();
    }

    private static void line(StringBuilder page, Threshold threshold) {
        String hold = threshold.hold().isZero() ? "" : ", for " + DurationText.of(threshold.hold());
        String once = threshold.onlyAfterGood() ? ", once it was good" : "";
        page.append("| `%s` | %s | `%s` | %s%s%s |\n"
                .formatted(
                        threshold.topic(),
                        threshold.name(),
                        threshold.reading(),
                        when(threshold.reading(), threshold.condition()),
                        hold,
                        once));
    }

    private static String when(String reading, Condition condition) {
        if (condition instanceof Levels levels) {
            String side = levels.side() == Levels.Side.ABOVE ? "from " : "down from ";
            String text = Stream.of(
                            levels.warning().map(level -> "warning " + side + level(reading, level)),
                            levels.critical().map(level -> "critical " + side + level(reading, level)))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(", "));
            return text + levels.space().map(ProbeReference::space).orElse("");
        } else if (condition instanceof Growth growth) {
            return "%s when it grew by %s within %s"
                    .formatted(
                            word(growth.severity()),
                            ReadingText.of(reading, growth.amount()),
                            DurationText.of(growth.within()));
        } else if (condition instanceof Forecast forecast) {
            return "warning when full within %s if it grows on like this, critical within %s; the line looks back %s"
                    .formatted(
                            DurationText.of(forecast.warningWithin()),
                            DurationText.of(forecast.criticalWithin()),
                            DurationText.of(forecast.window()));
        } else if (condition instanceof Appearance appearance) {
            return word(appearance.severity()) + " when one is new" + (appearance.alsoGone() ? " or gone" : "");
        }
        throw new IllegalStateException("how is " + condition + " told?");
    }

    private static String level(String reading, Levels.Level level) {
        return ReadingText.of(reading, level.at()) + " [" + ReadingText.of(reading, level.clear()) + "]";
    }

    private static String space(FreeSpaceLimit limit) {
        return "; where the size is %s or more, only while less than %s [%s] are free, critical %s [%s]"
                .formatted(
                        bytes(limit.fromSizeBytes()),
                        bytes(limit.warningBytes()),
                        bytes(limit.warningClearBytes()),
                        bytes(limit.criticalBytes()),
                        bytes(limit.criticalClearBytes()));
    }

    private static ByteSize bytes(double bytes) {
        return new ByteSize(Math.round(bytes));
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
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
