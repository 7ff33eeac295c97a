package io.keepwatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.event.FileChanged;
import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.TreeChanged;
import io.keepwatch.file.RawPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DebouncerTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    // Where a monotonic clock may stand: its numbers wrap around.
    private static final long ZERO = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3);

    private final Debouncer debouncer = Debouncer.ofDefaults();

    private static long at(long millis) {
        return ZERO + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void file(long millis, String path) {
        debouncer.changed(at(millis), new FileChanged(AT, "r", RawPath.of(path)));
    }

    private void tree(long millis, String path) {
        debouncer.changed(at(millis), new TreeChanged(AT, "r", RawPath.of(path), "why"));
    }

    private List<String> filesDue(long millis) {
        return debouncer.due(at(millis), AT).files().stream()
                .flatMap(event -> event.paths().stream())
                .map(RawPath::toString)
                .toList();
    }

    private List<String> treesDue(long millis) {
        return debouncer.due(at(millis), AT).trees().stream()
                .map(event -> event.directory().toString())
                .toList();
    }

    @Test
    void a_path_settles_after_one_second_without_change() {
        file(0, "a");
        file(700, "a");
        assertThat(filesDue(1_699)).isEmpty();
        assertThat(filesDue(1_700)).containsExactly("a");
        assertThat(debouncer.nextDueNanos()).isEmpty();
    }

    @Test
    void a_path_that_is_never_quiet_settles_after_the_longest_delay() {
        for (int millis = 0; millis <= 9_900; millis += 100) {
            file(millis, "log");
            assertThat(filesDue(millis)).isEmpty();
        }
        assertThat(filesDue(10_000)).containsExactly("log");
    }

    @Test
    void the_next_time_to_ask_is_when_the_first_path_settles() {
        file(0, "a");
        file(400, "b");
        assertThat(debouncer.nextDueNanos()).hasValue(at(1_000));
    }

    @Test
    void a_burst_comes_in_one_event() {
        for (int i = 0; i < 400; i++) {
            file(i, "f" + i);
        }
        Settled settled = debouncer.due(at(1_000), AT);
        assertThat(settled.files()).hasSize(1);
        assertThat(settled.files().get(0).paths()).hasSize(400);
    }

    @Test
    void roots_settle_apart() {
        debouncer.changed(at(0), new FileChanged(AT, "one", RawPath.of("a")));
        debouncer.changed(at(0), new FileChanged(AT, "two", RawPath.of("a")));
        assertThat(debouncer.due(at(1_000), AT).files())
                .extracting(FilesSettled::root)
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void a_tree_that_is_being_made_is_compared_once_from_its_top() {
        file(0, "d/early");
        tree(100, "d/sub");
        tree(200, "d");
        tree(300, "d/other");
        file(900, "d/other/x");
        file(900, "d-1");
        assertThat(filesDue(1_800)).isEmpty();
        assertThat(treesDue(1_900)).containsExactly("d");
        assertThat(debouncer.nextDueNanos()).isEmpty();
    }

    @Test
    void a_sibling_with_the_same_beginning_keeps_its_own_place() {
        tree(0, "d");
        file(0, "d-1");
        assertThat(filesDue(1_000)).containsExactly("d-1");
    }

    @Test
    void too_many_paths_become_the_directories_that_hold_them() {
        Debouncer small = new Debouncer(Duration.ofSeconds(1), Duration.ofSeconds(10), 1_000);
        for (int i = 0; i < 1_001; i++) {
            small.changed(at(0), new FileChanged(AT, "r", RawPath.of("home/u" + i % 3 + "/f" + i)));
        }
        Settled settled = small.due(at(1_000), AT);
        assertThat(settled.files()).isEmpty();
        assertThat(settled.trees())
                .extracting(event -> event.directory().toString())
                .containsExactlyInAnyOrder("home/u0", "home/u1", "home/u2");
    }

    @Test
    void a_delay_shorter_than_the_quiet_time_is_refused() {
        assertThatThrownBy(() -> new Debouncer(Duration.ofSeconds(2), Duration.ofSeconds(1), 10))
                .hasMessageContaining("max_delay");
    }

    record Change(int pauseMillis, boolean tree, String path) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> path = Arbitraries.of("a", "b", "c", "a-1")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("/", parts));
        return Combinators.combine(Arbitraries.integers().between(0, 900), Arbitraries.of(true, false, false), path)
                .as(Change::new)
                .list()
                .ofMaxSize(120);
    }

    /** Every change is told after it happened, by its own path or a directory above it, within the longest delay. */
    @Property(tries = 300)
    void no_change_is_lost_or_late(@ForAll("changes") List<Change> changes) {
        Debouncer tested = new Debouncer(Duration.ofSeconds(1), Duration.ofSeconds(3), 12);
        Map<RawPath, Long> untold = new HashMap<>();
        long now = 0;
        for (Change change : changes) {
            long until = now + change.pauseMillis();
            now = drain(tested, untold, now, until);
            RawPath path = RawPath.of(change.path());
            untold.putIfAbsent(path, now);
            if (change.tree()) {
                tested.changed(at(now), new TreeChanged(AT, "r", path, "why"));
            } else {
                tested.changed(at(now), new FileChanged(AT, "r", path));
            }
        }
        drain(tested, untold, now, now + 3_000);
        assertThat(untold).isEmpty();
        assertThat(tested.nextDueNanos()).isEmpty();
    }

    private static long drain(Debouncer tested, Map<RawPath, Long> untold, long now, long until) {
        while (tested.nextDueNanos().isPresent() && tested.nextDueNanos().getAsLong() - at(until) <= 0) {
            long next = tested.nextDueNanos().getAsLong();
            long millis = now + TimeUnit.NANOSECONDS.toMillis(next - at(now));
            assertThat(millis).isGreaterThanOrEqualTo(now);
            now = millis;
            Settled settled = tested.due(next, AT);
            List<RawPath> paths = new ArrayList<>();
            settled.files().forEach(event -> paths.addAll(event.paths()));
            untold.keySet().removeAll(paths);
            settled.trees().forEach(event -> untold.keySet().removeIf(path -> path.isWithin(event.directory())));
            long oldest = now - 3_000;
            assertThat(untold.values()).allMatch(first -> first > oldest);
        }
        return until;
    }
}
