package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.START;
import static io.keepwatch.catalog.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Any sequence of changes, uploads and restarts leaves the catalog as the plain model says. */
class CatalogPropertyTest {
    private static final List<String> PATHS =
            List.of("", "a", "a-b", "a-b/y", "a/b", "a/b/c", "a/b0", "a/bx", "a/b/c/d", "a0", "b", "z");

    enum Kind {
        FILE,
        DIRECTORY,
        DELETION,
        DELETE_TREE,
        CLAIM,
        CLAIM_LATE,
        FINISH,
        RETRY,
        DROP,
        RESTART
    }

    record Step(Kind kind, int pick, int clock) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(6, Kind.FILE),
                net.jqwik.api.Tuple.of(2, Kind.DIRECTORY),
                net.jqwik.api.Tuple.of(2, Kind.DELETION),
                net.jqwik.api.Tuple.of(2, Kind.DELETE_TREE),
                net.jqwik.api.Tuple.of(8, Kind.CLAIM),
                net.jqwik.api.Tuple.of(2, Kind.CLAIM_LATE),
                net.jqwik.api.Tuple.of(8, Kind.FINISH),
                net.jqwik.api.Tuple.of(2, Kind.RETRY),
                net.jqwik.api.Tuple.of(1, Kind.DROP),
                net.jqwik.api.Tuple.of(1, Kind.RESTART));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(-2, 5))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void the_catalog_does_as_the_model(@ForAll("steps") List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("catalog");
        try (Run run = new Run(directory)) {
            steps.forEach(run::take);
            run.compare();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static final class Run implements AutoCloseable {
        private final CatalogModel model = new CatalogModel();
        private final OpenCatalog open;
        private long clock = 100;
        private long changes;
        private Optional<Instant> lastDurable = Optional.empty();

        Run(Path directory) {
            this.open = new OpenCatalog(directory);
        }

        void take(Step step) {
            clock += step.clock;
            changes++;
            String path = PATHS.get(step.pick % PATHS.size());
            switch (step.kind) {
                case FILE -> observe(Samples.file(path, changes, clock));
                case DIRECTORY -> observe(Samples.directory(path, clock));
                case DELETION -> observe(Samples.deletion(path, clock));
                case DELETE_TREE -> deleteTree(RawPath.of(path));
                case CLAIM -> pick(step, claimable()).ifPresent(this::claim);
                case CLAIM_LATE -> pick(step, claimable()).ifPresent(this::claimLate);
                case FINISH -> pick(step, uploading()).ifPresent(this::finish);
                case RETRY -> pick(step, uploading()).ifPresent(this::retry);
                case DROP -> pick(step, claimable()).ifPresent(this::drop);
                case RESTART -> {
                    open.restart();
                    model.restart();
                }
            }
        }

        private static Optional<RawPath> pick(Step step, List<RawPath> paths) {
            return paths.isEmpty() ? Optional.empty() : Optional.of(paths.get(step.pick % paths.size()));
        }

        private List<RawPath> claimable() {
            return model.where(history -> history.pending != null && history.uploading == null);
        }

        private List<RawPath> uploading() {
            return model.where(history -> history.uploading != null);
        }

        private void observe(FileVersion version) {
            model.observe(open.pending(version), version);
        }

        private void deleteTree(RawPath directory) {
            List<RawPath> live = model.where(history -> history.live().isPresent()).stream()
                    .filter(path -> path.isWithin(directory))
                    .toList();
            int count = open.catalog()
                    .addPendingDeletions(ROOT, directory, at(clock))
                    .join();
            assertThat(count).isEqualTo(live.size());
            live.forEach(
                    path -> model.deleteTree(path, open.pendingId(path), FileVersion.deleted(ROOT, path, at(clock))));
        }

        private void claim(RawPath path) {
            CatalogModel.Row row = java.util.Objects.requireNonNull(model.history(path).pending);
            open.claim(row.id, row.version);
            model.claim(row, row.version);
        }

        private void claimLate(RawPath path) {
            CatalogModel.Row row = java.util.Objects.requireNonNull(model.history(path).pending);
            observe(Samples.file(path.toString(), changes, clock));
            open.claim(row.id, row.version);
            model.claim(row, row.version);
        }

        private void finish(RawPath path) {
            CatalogModel.Row row = java.util.Objects.requireNonNull(model.history(path).uploading);
            open.finish(row.id, START.plusSeconds(changes));
            model.finish(path);
            lastDurable = Optional.of(START.plusSeconds(changes));
        }

        private void retry(RawPath path) {
            CatalogModel.Row row = java.util.Objects.requireNonNull(model.history(path).uploading);
            Instant notBefore = Instant.ofEpochMilli(at(clock + 3).toEpochMilli());
            open.catalog().retryLater(List.of(row.id), notBefore).join();
            model.putBack(path, 1, notBefore);
        }

        private void drop(RawPath path) {
            CatalogModel.Row row = java.util.Objects.requireNonNull(model.history(path).pending);
            open.catalog().drop(List.of(row.id)).join();
            model.history(path).pending = null;
        }

        void compare() {
            CatalogReader reader = open.reader();
            for (String path : PATHS) {
                RawPath directory = RawPath.of(path);
                assertThat(reader.children(ROOT, directory))
                        .extracting(child -> child.name() + " " + child.stat())
                        .isEqualTo(model.children(directory));
                assertThat(reader.current(ROOT, directory).map(CatalogVersion::id))
                        .isEqualTo(Optional.ofNullable(model.history(directory).current)
                                .map(row -> row.id));
                assertThat(reader.known(ROOT, directory).map(KnownChild::stat))
                        .isEqualTo(model.history(directory)
                                .live()
                                .map(version -> version.meta().orElseThrow().stat()));
                compareTimes(directory);
            }
            for (long second = clock - 5; second < clock + 5; second++) {
                assertThat(reader.claimable(100, at(second)))
                        .extracting(row -> row.id() + " " + row.version() + " " + row.attempts())
                        .isEqualTo(model.claimable(at(second)));
            }
            assertThat(reader.totals(ROOT)).isEqualTo(model.totals(lastDurable));
            assertThat(reader.backlog().pending())
                    .isEqualTo(model.where(history -> history.pending != null).size());
            assertThat(reader.backlog().uploading()).isEqualTo(uploading().size());
        }

        private void compareTimes(RawPath prefix) {
            List<Optional<Instant>> times = new ArrayList<>(List.of(Optional.empty(), Optional.of(at(0))));
            model.paths
                    .values()
                    .forEach(history -> history.durable.forEach(row -> times.add(Optional.of(row.version.observed()))));
            for (Optional<Instant> time : times) {
                for (boolean withDeletions : new boolean[] {true, false}) {
                    List<String> found = new ArrayList<>();
                    open.reader()
                            .forEachAt(
                                    ROOT,
                                    prefix,
                                    time,
                                    withDeletions,
                                    each -> found.add(each.id() + " " + each.version()));
                    assertThat(found).isEqualTo(model.at(prefix, time, withDeletions));
                }
            }
        }

        @Override
        public void close() {
            open.close();
        }
    }
}
