package io.keepwatch.daemon;

import io.keepwatch.event.Reading;
import io.keepwatch.event.ReadingText;
import io.keepwatch.history.HistoryException;
import io.keepwatch.history.HistoryReader;
import io.keepwatch.history.Sample;
import io.keepwatch.history.Series;
import io.keepwatch.http.HostView;
import io.keepwatch.http.Page;
import io.keepwatch.http.PageRequest;
import io.keepwatch.http.RefusedException;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.threshold.OpenAlert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Shows what the probes said last, and the history beside the thread that writes it. */
final class HostBoard implements HostView, AutoCloseable {
    private static final long POINTS = 500;
    private static final long MOST_POINTS = 11_000;
    static final long MOST_POINTS_TOGETHER = 500_000;
    private static final String HISTORY_FILE = "history.db";

    private final List<ProbeInfo> all;
    private final Map<String, Duration> every;
    private final ProbeBoard board;
    private final Supplier<List<OpenAlert>> alerts;
    private final Path state;
    private final Clock clock;
    private final long mostPointsTogether;
    private Optional<HistoryReader> history = Optional.empty();

    /**
     * @param every of the probes that are on
     * @param mostPointsTogether in one answer
     */
    HostBoard(
            List<ProbeInfo> all,
            Map<String, Duration> every,
            ProbeBoard board,
            Supplier<List<OpenAlert>> alerts,
            Path state,
            Clock clock,
            long mostPointsTogether) {
        this.all = all.stream().sorted(Comparator.comparing(ProbeInfo::name)).toList();
        this.every = Map.copyOf(every);
        this.board = board;
        this.alerts = alerts;
        this.state = state;
        this.clock = clock;
        this.mostPointsTogether = mostPointsTogether;
    }

    @Override
    public Probes probes() {
        ToolRunner tools = ToolRunner.ofThisHost();
        return new Probes(
                all.stream().map(this::probe).toList(),
                Arrays.stream(Tool.values())
                        .filter(tool -> tools.find(tool).isEmpty())
                        .map(tool -> new MissingTool(tool.program(), tool.packageName()))
                        .toList());
    }

    @Override
    public List<Alert> alerts() {
        return alerts.get().stream()
                .map(open -> new Alert(
                        open.topic(),
                        open.threshold(),
                        open.subject(),
                        open.severity().name().toLowerCase(Locale.ROOT),
                        open.at(),
                        open.detail()))
                .toList();
    }

    private Probe probe(ProbeInfo info) {
        Optional<Duration> interval = Optional.ofNullable(every.get(info.name()));
        Optional<ProbeBoard.Last> last = Optional.ofNullable(board.last().get(info.name()));
        return new Probe(
                info.name(),
                info.summary(),
                info.needs(),
                state(interval.isPresent(), last),
                interval.map(duration -> duration.toMillis() / 1000.0),
                last.map(ProbeBoard.Last::at),
                last.map(said -> said.took().toNanos() / 1e9),
                last.flatMap(ProbeBoard.Last::problem),
                last.map(ProbeBoard.Last::readings).orElse(List.of()).stream()
                        .map(HostBoard::value)
                        .toList());
    }

    private static String state(boolean on, Optional<ProbeBoard.Last> last) {
        if (!on) {
            return "off";
        } else if (last.isEmpty()) {
            return "waiting";
        } else if (!last.get().success()) {
            return "failed";
        }
        return last.get().readings().isEmpty() ? "nothing" : "reads";
    }

    private static Value value(Reading reading) {
        return new Value(
                reading.name(),
                reading.subject(),
                reading.value(),
                ReadingText.of(reading.name(), reading.value()),
                reading.labels());
    }

    @Override
    public Page<Line> series(Optional<String> name, PageRequest page) {
        Optional<String> behind = page.cursor();
        List<Line> found = ask(HistoryReader::series).orElse(List.of()).stream()
                .filter(series -> name.isEmpty() || name.get().equals(series.name()))
                .map(series -> new Line(series.name(), series.subject()))
                .sorted(Comparator.comparing(HostBoard::cursor))
                .filter(line -> behind.isEmpty() || cursor(line).compareTo(behind.get()) > 0)
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page.limit(), HostBoard::cursor);
    }

    /** A name has no space. */
    private static String cursor(Line line) {
        return line.name() + " " + line.subject();
    }

    @Override
    public Points points(PointsQuery query) {
        Instant to = query.range().to().orElseGet(clock::instant);
        Instant from = query.range().from().orElseGet(() -> to.minus(Duration.ofDays(1)));
        long seconds = Math.max(1, Duration.between(from, to).toSeconds());
        long step = query.stepSeconds().orElse(Math.max(1, seconds / POINTS));
        if (seconds / step > MOST_POINTS) {
            throw RefusedException.badRequest(
                    "that is more than " + MOST_POINTS + " points: ask for longer steps or a shorter time");
        }
        List<LinePoints> lines =
                ask(reader -> lines(reader, query, from, to, step)).orElse(List.of());
        return new Points(from, to, step, query.aggregate().name().toLowerCase(Locale.ROOT), lines);
    }

    /** Those that have a point in that time: names of disks and interfaces that are long gone cost nothing. */
    private List<LinePoints> lines(HistoryReader reader, PointsQuery query, Instant from, Instant to, long step) {
        List<Series> wanted = reader.series().stream()
                .filter(series -> query.names().contains(series.name()))
                .filter(series ->
                        query.subject().isEmpty() || query.subject().get().equals(series.subject()))
                .sorted(Comparator.comparing(Series::name).thenComparing(Series::subject))
                .toList();
        List<LinePoints> found = new ArrayList<>();
        long points = 0;
        for (Series series : wanted) {
            LinePoints line = line(series, reader.read(series, from, to, step), query.aggregate());
            points += line.points().size();
            if (points > mostPointsTogether) {
                throw RefusedException.badRequest("that is more than " + mostPointsTogether + " points in "
                        + wanted.size() + " time lines: name a subject, or ask for longer steps");
            }
            if (!line.points().isEmpty()) {
                found.add(line);
            }
        }
        return found;
    }

    private static LinePoints line(Series series, List<Sample> samples, Aggregate aggregate) {
        return new LinePoints(
                series.name(),
                series.subject(),
                samples.stream()
                        .map(sample -> List.<Number>of(sample.second(), value(sample, aggregate)))
                        .toList());
    }

    private static double value(Sample sample, Aggregate aggregate) {
        return switch (aggregate) {
            case MEAN -> sample.mean();
            case MIN -> sample.min();
            case MAX -> sample.max();
        };
    }

    /** Empty where there is no history yet. One question at a time; a reader that failed is opened anew for the next. */
    private synchronized <T> Optional<T> ask(Function<HistoryReader, T> question) {
        if (history.isEmpty() && !Files.exists(state.resolve(HISTORY_FILE))) {
            return Optional.empty();
        }
        try {
            HistoryReader reader = history.orElseGet(() -> HistoryReader.open(state));
            history = Optional.of(reader);
            return Optional.of(question.apply(reader));
        } catch (HistoryException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        Optional<HistoryReader> open = history;
        history = Optional.empty();
        open.ifPresent(HistoryReader::close);
    }
}
