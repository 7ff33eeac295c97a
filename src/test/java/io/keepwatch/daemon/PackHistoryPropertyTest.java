package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.daemon.PackHistory.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever happens to a backup in packs, every version that retention keeps can be restored exactly, and nothing that is
 * needed is deleted.
 */
class PackHistoryPropertyTest {
    /** Enough to be merged. */
    private static final int PACKS_AN_HOUR = 18;

    private static final int PATHS = 24;

    private static final int STEPS = Boolean.getBoolean("keepwatch.long") ? 600 : 60;

    enum Kind {
        CHANGE,
        LARGE,
        DELETE,
        FLUSH,
        BUSY_HOUR,
        ADVANCE,
        MAINTAIN,
        NEXT_DAY,
        COPY_CATALOG,
        DIE_SOON,
        DIE_IN_MAINTENANCE,
        RESTART,
        REBUILD,
        REBUILD_FROM_PACKS
    }

    record Step(Kind kind, int pick, int bits) {}

    /** Days in which packs are merged, a process dies over it, and the old packs go; anything may happen before and after. */
    private static final List<Kind> MERGING = List.of(
            Kind.RESTART,
            Kind.BUSY_HOUR,
            Kind.DIE_IN_MAINTENANCE,
            Kind.FLUSH,
            Kind.NEXT_DAY,
            Kind.CHANGE,
            Kind.FLUSH,
            Kind.NEXT_DAY);

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(anything(), merging(), anything())
                .as((before, days, after) ->
                        Stream.of(before, days, after).flatMap(List::stream).toList());
    }

    private static Arbitrary<List<Step>> merging() {
        return Combinators.combine(MERGING.stream()
                        .map(kind -> step(Arbitraries.just(kind)))
                        .toList())
                .as(steps -> steps);
    }

    private static Arbitrary<List<Step>> anything() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(30, Kind.CHANGE),
                Tuple.of(1, Kind.LARGE),
                Tuple.of(6, Kind.DELETE),
                Tuple.of(24, Kind.FLUSH),
                Tuple.of(2, Kind.BUSY_HOUR),
                Tuple.of(10, Kind.ADVANCE),
                Tuple.of(8, Kind.MAINTAIN),
                Tuple.of(8, Kind.NEXT_DAY),
                Tuple.of(5, Kind.COPY_CATALOG),
                Tuple.of(4, Kind.DIE_SOON),
                Tuple.of(4, Kind.DIE_IN_MAINTENANCE),
                Tuple.of(2, Kind.RESTART),
                Tuple.of(2, Kind.REBUILD),
                Tuple.of(1, Kind.REBUILD_FROM_PACKS));
        return step(kinds).list().ofMinSize(STEPS / 2).ofMaxSize(STEPS);
    }

    private static Arbitrary<Step> step(Arbitrary<Kind> kinds) {
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 999))
                .as(Step::new);
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void every_retained_version_can_be_restored(@ForAll("histories") List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("history");
        try (PackHistory history = new PackHistory(folder)) {
            for (Step step : steps) {
                take(history, step);
                if (history.isDead()) {
                    history.restart();
                    history.check();
                }
            }
            history.restart();
            history.flush();
            history.check();
            history.rebuild(true);
            history.check();
            assertThat(history.retained()).isPositive();
            for (Happening happening : Happening.values()) {
                Statistics.label(happening.name())
                        .collect(history.met(happening))
                        .coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void take(PackHistory history, Step step) throws IOException {
        switch (step.kind()) {
            case CHANGE -> change(history, step);
            case LARGE -> history.change(step.pick() % PATHS, step.bits() % 2);
            case DELETE -> history.delete(step.pick() % PATHS);
            case FLUSH -> history.flush();
            case ADVANCE -> history.advance(Duration.ofHours(1 + step.bits() % 40));
            case BUSY_HOUR -> {
                for (int flush = 0; flush < PACKS_AN_HOUR; flush++) {
                    history.change((step.pick() + flush) % PATHS, content(step.bits() + 11 * flush));
                    history.flush();
                }
            }
            case MAINTAIN -> maintain(history);
            case NEXT_DAY -> {
                history.advance(Duration.ofHours(25 + step.bits() % 24));
                maintain(history);
            }
            case COPY_CATALOG -> history.copyCatalog();
            case DIE_SOON -> history.dieAfter(1 + step.bits() % 5, step.pick() % 2 == 0);
            case DIE_IN_MAINTENANCE -> {
                history.advance(Duration.ofHours(7 + step.bits() % 40));
                history.dieAfter(1 + step.pick() / 2 % 16, step.pick() % 2 == 0);
                maintain(history);
            }
            case RESTART -> history.restart();
            case REBUILD -> history.rebuild(false);
            case REBUILD_FROM_PACKS -> history.rebuild(true);
        }
    }

    private static void change(PackHistory history, Step step) {
        for (int file = 0; file <= step.bits() % 4; file++) {
            history.change((step.pick() + 3 * file) % PATHS, content(step.bits() + 7 * file));
        }
    }

    private static int content(int bits) {
        return 2 + bits % 60;
    }

    private static void maintain(PackHistory history) {
        history.expire();
        history.maintain();
    }
}
