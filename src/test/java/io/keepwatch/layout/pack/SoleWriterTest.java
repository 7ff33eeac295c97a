package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.mirror.RecordingStore;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoleWriterTest {
    private static final String MARKER = "k/h/keepwatch.json";
    private static final String LEASE = "k/h/lease.json";

    @TempDir
    private Path spool;

    private final PackLayoutFixture.MovableClock clock = new PackLayoutFixture.MovableClock();
    private final RecordingStore store = new RecordingStore(new MemoryObjectStore(new RequestLedger(), clock));
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final CatalogForPacks known = new CatalogForPacks();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private PackLayout layout(PackIndex index) {
        return layout(index, false);
    }

    private PackLayout layout(PackIndex index, boolean established) {
        PackSetting setting = TestPackSetting.of(spool);
        return PackLayout.writing(store, setting, index, workers, clock, established);
    }

    /** The catalog is the same, nothing else is known. */
    private TestCatalog startedAgain() {
        return known.open(index -> layout(index, true));
    }

    private TestCatalog started() {
        return known.open(this::layout);
    }

    private void store(TestCatalog catalog, String path) throws Exception {
        catalog.store(catalog.file(path, "content of " + path));
    }

    private String pack(int number) {
        return "PUT k/h/packs/0/" + known.index.epoch() + "/000000000" + number + ".tar.zst";
    }

    @Test
    void a_store_that_honours_conditions_is_asked_once_in_the_life_of_a_catalog() throws Exception {
        store(started(), "a");
        assertThat(store.requests()).containsExactly("PUT " + MARKER, "PUT " + MARKER, pack(1));
        TestCatalog again = startedAgain();
        store(again, "b");
        store(again, "c");
        assertThat(store.requests()).containsExactly("GET " + MARKER, pack(2), pack(3));
    }

    @Test
    void where_conditions_are_ignored_a_lease_is_taken_and_then_costs_nothing_for_half_its_length() throws Exception {
        store.ignoreConditions();
        TestCatalog catalog = started();
        store(catalog, "a");
        assertThat(store.requests().subList(3, 7))
                .as("after the marker and two tries to replace it")
                .containsExactly("GET " + LEASE, "PUT " + LEASE, "GET " + LEASE, pack(1));
        store(catalog, "b");
        clock.move(SoleWriter.LENGTH.dividedBy(2).minusSeconds(1));
        store(catalog, "c");
        assertThat(store.requests()).containsExactly(pack(2), pack(3));
        clock.move(Duration.ofSeconds(2));
        store(catalog, "d");
        assertThat(store.requests()).containsExactly("GET " + LEASE, "PUT " + LEASE, pack(4));
    }

    @Test
    void after_a_pause_it_is_taken_anew_with_an_epoch_of_its_own() throws Exception {
        store.ignoreConditions();
        TestCatalog catalog = started();
        store(catalog, "a");
        String first = known.index.epoch();
        store.requests();
        clock.move(SoleWriter.LENGTH);
        store(catalog, "b");
        assertThat(known.index.epoch()).isNotEqualTo(first);
        assertThat(store.requests()).containsExactly("GET " + LEASE, "PUT " + LEASE, "GET " + LEASE, pack(2));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(2);
    }

    @Test
    void a_daemon_that_starts_again_does_not_wait_for_its_own_lease() throws Exception {
        store.ignoreConditions();
        store(started(), "a");
        store.requests();
        store(startedAgain(), "b");
        assertThat(store.requests())
                .containsExactly("GET " + MARKER, "GET " + LEASE, "PUT " + LEASE, "GET " + LEASE, pack(2));
    }

    @Test
    void a_second_writer_is_refused_until_the_lease_ends() throws Exception {
        store.ignoreConditions();
        store(started(), "a");
        CatalogForPacks other = new CatalogForPacks();
        TestCatalog second = other.open(this::layout);
        assertThatThrownBy(() -> store(second, "x"))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("another Keepwatch with epoch " + known.index.epoch())
                .hasMessageContaining("until " + clock.instant().plus(SoleWriter.LENGTH));
        assertThat(store.requests()).doesNotContain(pack(2));
        clock.move(SoleWriter.LENGTH);
        store(second, "x");
        assertThat(second.current("x")).isNotNull();
    }

    @Test
    void of_two_with_copies_of_one_catalog_the_first_is_refused_and_nothing_is_overwritten() throws Exception {
        store.ignoreConditions();
        TestCatalog first = started();
        store(first, "a");
        String epoch = known.index.epoch();
        // The clone knows what the first one knew and goes on from there.
        CatalogForPacks cloned = new CatalogForPacks();
        cloned.index.beginEpoch(epoch);
        cloned.index.reserve(0);
        TestCatalog clone = cloned.open(this::layout);
        store(clone, "b");
        assertThat(cloned.index.epoch()).isNotEqualTo(epoch);
        store(first, "c");
        List<String> packs = store.requests().stream()
                .filter(request -> request.contains("packs"))
                .toList();
        assertThat(packs).doesNotHaveDuplicates().hasSize(3);
        clock.move(SoleWriter.LENGTH.dividedBy(2).plusSeconds(1));
        assertThatThrownBy(() -> store(first, "d")).hasMessageContaining("has taken over");
        assertThatThrownBy(() -> store(first, "d")).hasMessageContaining("another Keepwatch with epoch");
        store(clone, "e");
    }

    @Test
    void a_store_that_does_not_know_the_question_is_written_with_a_lease() throws Exception {
        store(started(), "a");
        known.index.remember("pack.conditions", "unknown");
        store.ignoreConditions();
        store.refuse(request -> request.equals("PUT " + MARKER)
                ? Optional.of(new StoreException.Unsupported("501", null))
                : Optional.empty());
        store.requests();
        store(startedAgain(), "b");
        assertThat(store.requests()).endsWith("PUT " + LEASE, "GET " + LEASE, pack(2));
    }

    @Test
    void maintenance_with_nothing_to_do_takes_no_lease() throws Exception {
        store.ignoreConditions();
        PackLayout layout = layout(known.index);
        store(known.open(index -> layout), "a");
        TestCatalog.get(layout.maintain(clock.instant()));
        store.requests();
        clock.move(SoleWriter.LENGTH);
        assertThat(TestCatalog.get(layout.maintain(clock.instant()))).isZero();
        assertThat(store.requests()).isEmpty();
    }
}
