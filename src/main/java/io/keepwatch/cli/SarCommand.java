package io.keepwatch.cli;

import io.keepwatch.history.History;
import io.keepwatch.history.HistoryReader;
import io.keepwatch.history.SadfImport;
import io.keepwatch.history.Sample;
import io.keepwatch.history.SarRow;
import io.keepwatch.history.SarView;
import io.keepwatch.history.Series;
import io.keepwatch.http.Json;
import io.keepwatch.unit.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what the host did over time. */
@Command(
        name = "sar",
        header = "Show what the host did: processors, memory, swap, disks and network.",
        description =
                "Shows processors, memory, swap, disks and network together, a line for each step of time, from the"
                        + " history that the daemon writes. The last few minutes may be missing. Two days are kept as they were"
                        + " read, the time before in minutes, quarters of an hour and days.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch sar",
            "  keepwatch sar --from 7d --step 1h",
            "  keepwatch sar --from \"2026-11-24 03:00\" --to \"2026-11-24 04:00\" --format csv",
            "  sadf -j -- -A > sa.json; keepwatch sar --import sa.json"
        })
final class SarCommand implements Callable<Integer> {
    /** How the rows are printed. */
    enum Format {
        TEXT,
        JSON,
        CSV
    }

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Option(names = "--from", paramLabel = "TIME", description = "The beginning. Default: 24h ago.")
    private Instant from = Instant.now().minus(Duration.ofHours(24));

    @Option(names = "--to", paramLabel = "TIME", description = "The end. Default: now.")
    private Instant to = Instant.now();

    @Option(
            names = "--step",
            paramLabel = "DURATION",
            description = "The time of a line. Default: one that fits a page.")
    private Optional<String> step = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json or csv. Default: text.")
    private Format format = Format.TEXT;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "First take what sadf -j of sysstat wrote into the history; what is there already stays.")
    private Optional<Path> past = Optional.empty();

    record Result(Instant from, Instant to, long stepSeconds, List<SarRow> rows) {}

    @Override
    public Integer call() throws IOException {
        if (!from.isBefore(to)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--from " + FileText.time(from) + " is not before --to " + FileText.time(to));
        }
        Path state = keepwatch.load().config().state();
        PrintWriter out = spec.commandLine().getOut();
        if (past.isPresent()) {
            spec.commandLine().getErr().println(take(state, past.get()));
        }
        try (HistoryReader history = HistoryReader.open(state)) {
            long seconds = stepSeconds();
            List<SarRow> rows = new SarView(history).rows(from, to, seconds);
            out.print(
                    switch (format) {
                        case TEXT -> SarText.table(rows);
                        case CSV -> SarText.csv(rows);
                        case JSON -> Json.writePretty(new Result(from, to, seconds, rows)) + "\n";
                    });
            out.flush();
        }
        return ExitCode.OK;
    }

    private long stepSeconds() {
        try {
            return step.map(text -> Math.max(60, DurationText.parse(text).toSeconds()))
                    .orElseGet(() -> SarView.stepSeconds(from, to));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--step: " + e.getMessage());
        }
    }

    private static String take(Path state, Path file) throws IOException {
        Map<Series, List<Sample>> lines = SadfImport.read(file, ZoneId.systemDefault());
        try (History history = History.open(state, Instant.now())) {
            lines.forEach(history::addPast);
        }
        return lines.size() + " time lines with "
                + lines.values().stream().mapToInt(List::size).sum() + " values taken from " + file;
    }
}
