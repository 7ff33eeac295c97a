package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.PackIndex;
import io.keepwatch.layout.pack.PackName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever happens to packs and versions, the catalog answers as the index in memory, and loses nothing. */
class CatalogPackIndexPropertyTest {
    enum Kind {
        STAGE,
        STORE,
        FORGET,
        UPLOAD,
        FINISH,
        GIVE_UP,
        REPLACE,
        REPLACE_LATE,
        CONDEMN,
        LOCK,
        NEW_EPOCH,
        RESTART
    }

    /** {@code bits} chooses contents and packs. */
    record Step(Kind kind, int pick, int bits) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Kind.STAGE),
                Tuple.of(6, Kind.STORE),
                Tuple.of(1, Kind.FORGET),
                Tuple.of(5, Kind.UPLOAD),
                Tuple.of(4, Kind.FINISH),
                Tuple.of(2, Kind.GIVE_UP),
                Tuple.of(4, Kind.REPLACE),
                Tuple.of(2, Kind.REPLACE_LATE),
                Tuple.of(3, Kind.CONDEMN),
                Tuple.of(2, Kind.LOCK),
                Tuple.of(1, Kind.NEW_EPOCH),
                Tuple.of(1, Kind.RESTART));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 0xFFFF))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(50);
    }

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void the_catalog_does_as_the_index_in_memory(@ForAll("steps") List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("packs");
        try (Run run = new Run(directory)) {
            for (Step step : steps) {
                run.take(step);
                run.compare();
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static final class Run implements AutoCloseable {
        private final PackFixture packs;
        private final List<PackName> known = new ArrayList<>();
        private long clock;

        Run(Path directory) {
            this.packs = new PackFixture(directory);
        }

        void take(Step step) {
            clock++;
            switch (step.kind) {
                case STAGE -> stage(reserve(0), step);
                case STORE -> pick(step).ifPresent(name -> both(index -> index.stored(name, now())));
                case FORGET -> pick(step).ifPresent(name -> both(index -> index.forget(List.of(name))));
                case UPLOAD -> packs.upload(step.pick, PackFixture.content(step.bits));
                case FINISH -> pick(step).ifPresent(name -> packs.finish(step.bits, name, now()));
                case GIVE_UP -> packs.giveUp(step.pick);
                case REPLACE, REPLACE_LATE -> replace(step);
                case CONDEMN -> {
                    List<PackName> all = List.copyOf(known);
                    withoutLoss(() -> both(index -> index.condemn(all, now())));
                }
                case LOCK ->
                    pick(step).ifPresent(name -> both(index -> index.locked(name, now().plusSeconds(step.bits % 50))));
                case NEW_EPOCH -> packs.renewEpoch();
                case RESTART -> packs.restart();
            }
        }

        private Instant now() {
            return PackFixture.START.plusSeconds(clock);
        }

        private Optional<PackName> pick(Step step) {
            return known.isEmpty() ? Optional.empty() : Optional.of(known.get(step.pick % known.size()));
        }

        private PackName reserve(int level) {
            PackName name = packs.reserve(level);
            assertThat(known).doesNotContain(name);
            assertThat(known)
                    .allSatisfy(earlier -> assertThat(earlier.sequence()).isLessThan(name.sequence()));
            known.add(name);
            return name;
        }

        private void stage(PackName name, Step step) {
            both(index -> index.stage(
                    PackFixture.facts(name, step.bits),
                    PackFixture.chunks(name, PackFixture.hashes(step.bits)),
                    PackFixture.segments(step.pick)));
        }

        private void replace(Step step) {
            List<PackName> old = packs.index().stored().stream()
                    .map(facts -> facts.name())
                    .filter(name -> (step.bits >> (name.sequence() % 8) & 1) == 1)
                    .toList();
            PackName replacement = reserve(1);
            if (step.kind == Kind.REPLACE_LATE) {
                pick(step).ifPresent(name -> packs.finish(step.bits, name, now()));
            }
            Set<Sha256> held = new HashSet<>();
            old.forEach(name -> packs.index().needed(name).forEach(chunk -> held.add(chunk.hash())));
            if (step.pick % 5 == 0) {
                held.remove(PackFixture.hash(step.pick % 8));
            }
            both(index -> index.stage(
                    PackFixture.facts(replacement, step.bits),
                    PackFixture.chunks(replacement, List.copyOf(held)),
                    Map.of()));
            withoutLoss(() -> both(index -> index.replace(old, replacement, now())));
        }

        /** What is needed and can be found before can be found after; so can the packs of the journal lines. */
        private void withoutLoss(Runnable change) {
            Set<Sha256> needed = packs.neededHashes();
            Set<Sha256> found = packs.index().places(needed).keySet();
            Set<String> lines = packs.storedLines();
            change.run();
            assertThat(packs.index().places(needed).keySet()).containsAll(found);
            assertThat(packs.storedLines()).containsAll(lines);
        }

        /** Both do it; gives the result, or the class of the exception. */
        private Object both(Function<PackIndex, CompletionStage<?>> write) {
            Object expected = outcome(write.apply(packs.memory()));
            Object found = outcome(write.apply(packs.index()));
            assertThat(found).isEqualTo(expected);
            return found;
        }

        private static Object outcome(CompletionStage<?> stage) {
            return stage.handle((result, problem) -> {
                        Object done = result == null ? "done" : result;
                        return problem == null ? done : cause(problem).getClass();
                    })
                    .toCompletableFuture()
                    .join();
        }

        private static Throwable cause(Throwable problem) {
            return problem.getCause() == null ? problem : problem.getCause();
        }

        void compare() {
            PackIndex found = packs.index();
            PackIndex expected = packs.memory();
            assertThat(found.staged()).isEqualTo(expected.staged());
            assertThat(found.stored()).isEqualTo(expected.stored());
            assertThat(found.uses()).isEqualTo(expected.uses());
            for (Instant time : List.of(now(), now().minusSeconds(2))) {
                assertThat(found.condemnedBefore(time)).isEqualTo(expected.condemnedBefore(time));
            }
            for (PackName name : known) {
                assertThat(found.needed(name)).isEqualTo(expected.needed(name));
                assertThat(found.versions(name)).containsExactlyInAnyOrderElementsOf(expected.versions(name));
            }
            List<Sha256> all = PackFixture.hashes(0xFFFF);
            assertThat(found.places(all)).isEqualTo(expected.places(all));
            for (int content = 0; content < PackFixture.CONTENTS; content++) {
                assertThat(found.segments(PackFixture.content(content)))
                        .isEqualTo(expected.segments(PackFixture.content(content)));
            }
        }

        @Override
        public void close() {
            packs.close();
        }
    }
}
