package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final int STEPS = Boolean.getBoolean("keepwatch.long") ? 600 : 60;

    enum Kind {
        CHANGE,
        LARGE,
        DELETE,
        FLUSH,
        ADVANCE,
        MAINTAIN,
        COPY_CATALOG,
        DIE_SOON,
        RESTART,
        REBUILD,
        REBUILD_FROM_PACKS
    }

    record Step(Kind kind, int pick, int bits) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(40, Kind.CHANGE),
                Tuple.of(1, Kind.LARGE),
                Tuple.of(6, Kind.DELETE),
                Tuple.of(40, Kind.FLUSH),
                Tuple.of(20, Kind.ADVANCE),
                Tuple.of(16, Kind.MAINTAIN),
                Tuple.of(6, Kind.COPY_CATALOG),
                Tuple.of(8, Kind.DIE_SOON),
                Tuple.of(2, Kind.RESTART),
                Tuple.of(3, Kind.REBUILD),
                Tuple.of(2, Kind.REBUILD_FROM_PACKS));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 999))
                .as(Step::new)
                .list()
                .ofMinSize(STEPS)
                .ofMaxSize(2 * STEPS);
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
            Statistics.label("packs were rewritten")
                    .collect(history.rewrites() > 0)
                    .coverage(coverage -> coverage.check(true).count(count -> count > 0));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void take(PackHistory history, Step step) throws IOException {
        switch (step.kind()) {
            case CHANGE -> {
                for (int file = 0; file <= step.bits() % 4; file++) {
                    history.change((step.pick() + 3 * file) % 8, 2 + (step.bits() + 7 * file) % 60);
                }
            }
            case LARGE -> history.change(step.pick() % 8, step.bits() % 2);
            case DELETE -> history.delete(step.pick() % 8);
            case FLUSH -> history.flush();
            case ADVANCE -> history.advance(Duration.ofHours(1 + step.bits() % 40));
            case MAINTAIN -> {
                history.expire();
                history.maintain();
            }
            case COPY_CATALOG -> history.copyCatalog();
            case DIE_SOON -> history.dieAfter(1 + step.bits() % 5, step.pick() % 2 == 0);
            case RESTART -> history.restart();
            case REBUILD -> history.rebuild(false);
            case REBUILD_FROM_PACKS -> history.rebuild(true);
        }
    }
}
