package io.keepwatch.daemon;

import static io.keepwatch.daemon.PackFixture.START;
import static io.keepwatch.daemon.PackFixture.chunks;
import static io.keepwatch.daemon.PackFixture.content;
import static io.keepwatch.daemon.PackFixture.facts;
import static io.keepwatch.daemon.PackFixture.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.pack.Chunk;
import io.keepwatch.layout.pack.PackFacts;
import io.keepwatch.layout.pack.PackName;
import io.keepwatch.layout.pack.PackUse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogPackIndexTest {
    @TempDir
    Path directory;

    private PackFixture packs;

    @BeforeEach
    void open() {
        packs = new PackFixture(directory);
    }

    @AfterEach
    void close() {
        packs.close();
    }

    private PackName staged(List<Sha256> hashes, Map<Sha256, List<Sha256>> segments) {
        PackName name = packs.reserve(0);
        packs.index()
                .stage(facts(name, 1), chunks(name, hashes), segments)
                .toCompletableFuture()
                .join();
        return name;
    }

    private PackName stored(Sha256... hashes) {
        PackName name = staged(List.of(hashes), Map.of());
        store(name);
        return name;
    }

    private void store(PackName name) {
        packs.index().stored(name, START).toCompletableFuture().join();
    }

    private void condemn(PackName name) {
        packs.index().condemn(List.of(name), START).toCompletableFuture().join();
    }

    private boolean replace(PackName old, PackName replacement) {
        return packs.index()
                .replace(List.of(old), replacement, START)
                .toCompletableFuture()
                .join();
    }

    private List<PackName> storedNames() {
        return packs.index().stored().stream().map(PackFacts::name).toList();
    }

    @Test
    void an_epoch_is_a_time_and_chance_and_stays() {
        String epoch = packs.index().epoch();
        packs.restart();

        assertThat(epoch).matches("\\d{8}T\\d{6}Z-[0-9a-f]{8}");
        assertThat(packs.index().epoch()).isEqualTo(epoch);
    }

    @Test
    void a_sequence_is_never_given_twice_though_nothing_was_staged() {
        PackName first = packs.reserve(0);
        packs.restart();
        packs.renewEpoch();
        PackName second = packs.reserve(2);

        assertThat(second.sequence()).isGreaterThan(first.sequence());
        assertThat(second.epoch()).isNotEqualTo(first.epoch());
        assertThat(second.level()).isEqualTo(2);
    }

    @Test
    void chunks_are_found_once_their_pack_is_stored() {
        PackName name = staged(List.of(hash(0), hash(1), hash(2)), Map.of());
        assertThat(packs.index().places(List.of(hash(0)))).isEmpty();

        store(name);

        Chunk last = chunks(name, List.of(hash(0), hash(1), hash(2))).get(2);
        assertThat(packs.index().places(List.of(hash(2), hash(5)))).isEqualTo(Map.of(hash(2), last.place()));
    }

    @Test
    void a_reader_beside_the_daemon_finds_them_too() {
        PackName name = stored(hash(3));
        try (CatalogReader beside = CatalogReader.open(directory)) {
            assertThat(new CatalogPackPlaces(beside).places(List.of(hash(3)))).containsOnlyKeys(hash(3));
            assertThat(new CatalogPackPlaces(beside).segments(content(8))).isEmpty();
        }
        assertThat(storedNames()).containsExactly(name);
    }

    @Test
    void a_frame_counts_once_and_is_needed_where_one_of_its_chunks_is() {
        PackName name = stored(hash(0), hash(1), hash(2));
        packs.upload(0, hash(1));

        assertThat(packs.index().uses()).containsExactly(new PackUse(facts(name, 1), START, 199, 100, 0));
        assertThat(packs.index().needed(name)).extracting(Chunk::hash).containsExactly(hash(1));
    }

    @Test
    void a_segment_is_needed_where_its_content_is() {
        PackName part = stored(hash(2));
        PackName rest = staged(List.of(hash(3)), Map.of(content(9), List.of(hash(2), hash(3))));
        assertThat(packs.index().segments(content(9))).isEmpty();
        store(rest);
        condemn(stored(hash(7)));
        packs.upload(0, content(9));

        condemn(part);

        assertThat(packs.index().segments(content(9))).containsExactly(hash(2), hash(3));
        assertThat(storedNames()).containsExactly(part, rest);
    }

    @Test
    void a_pack_that_is_forgotten_takes_the_contents_along_of_which_it_held_a_part() {
        stored(hash(2));
        PackName rest = staged(List.of(hash(3)), Map.of(content(9), List.of(hash(2), hash(3))));
        store(rest);
        packs.index().forget(List.of(rest)).toCompletableFuture().join();
        stored(hash(3));

        assertThat(packs.index().segments(content(9))).isEmpty();
    }

    @Test
    void a_list_of_segments_that_is_stored_outlives_another_that_never_arrives() {
        store(staged(List.of(hash(2), hash(3)), Map.of(content(9), List.of(hash(2), hash(3)))));
        PackName lost = staged(List.of(hash(4)), Map.of(content(9), List.of(hash(4))));
        packs.index().forget(List.of(lost)).toCompletableFuture().join();

        assertThat(packs.index().segments(content(9))).containsExactly(hash(2), hash(3));
    }

    @Test
    void a_pack_of_which_nothing_is_needed_is_condemned_and_hides_its_chunks() {
        PackName name = stored(hash(0));

        condemn(name);

        assertThat(storedNames()).isEmpty();
        assertThat(packs.index().places(List.of(hash(0)))).isEmpty();
        assertThat(packs.index().condemnedBefore(START)).containsExactly(facts(name, 1));
        assertThat(packs.index().condemnedBefore(START.minusNanos(1))).isEmpty();
    }

    @Test
    void a_journal_line_alone_keeps_a_pack() {
        PackName name = stored();
        packs.upload(0, hash(7));
        packs.finish(0, name, START);

        condemn(name);

        assertThat(storedNames()).containsExactly(name);
        assertThat(packs.index().versions(name)).hasSize(1);
    }

    @Test
    void a_pack_whose_versions_are_recorded_late_is_taken_back() {
        PackName name = stored();
        packs.upload(0, hash(7));
        condemn(name);

        packs.finish(0, name, START);

        assertThat(storedNames()).containsExactly(name);
        assertThat(packs.index().condemnedBefore(START)).isEmpty();
    }

    @Test
    void a_pack_that_was_condemned_while_a_flush_relied_on_its_segments_is_taken_back() {
        PackName name = stored(hash(2));
        condemn(name);

        staged(List.of(hash(3)), Map.of(content(9), List.of(hash(2), hash(3))));

        assertThat(storedNames()).containsExactly(name);
    }

    @Test
    void a_replacement_takes_chunks_and_journal_lines_over() {
        PackName old = stored(hash(0), hash(1));
        packs.upload(0, hash(0));
        packs.finish(0, old, START);
        PackName replacement = staged(List.of(hash(0)), Map.of());

        assertThat(replace(old, replacement)).isTrue();

        assertThat(storedNames()).containsExactly(replacement);
        assertThat(packs.index().versions(old)).isEmpty();
        assertThat(packs.index().versions(replacement))
                .singleElement()
                .satisfies(version -> assertThat(version.location().text()).isEqualTo(replacement.text()));
        assertThat(packs.index().places(List.of(hash(0))))
                .hasEntrySatisfying(hash(0), place -> assertThat(place.pack()).isEqualTo(replacement));
    }

    @Test
    void a_replacement_that_lacks_what_came_to_be_needed_is_refused() {
        PackName old = stored(hash(0), hash(1));
        PackName replacement = staged(List.of(hash(0)), Map.of());
        packs.upload(0, hash(1));

        assertThat(replace(old, replacement)).isFalse();

        assertThat(storedNames()).containsExactly(old);
        assertThat(packs.index().staged()).containsExactly(facts(replacement, 1));
    }

    @Test
    void a_replacement_that_was_reserved_before_a_journal_line_came_is_refused() {
        PackName old = stored(hash(0));
        packs.upload(0, hash(0));
        PackName replacement = staged(List.of(hash(0)), Map.of());
        packs.finish(0, old, START);

        assertThat(replace(old, replacement)).isFalse();
        assertThat(replace(old, staged(List.of(hash(0)), Map.of()))).isTrue();
    }

    @Test
    void a_pack_that_is_stored_is_not_staged_anew() {
        PackName name = stored(hash(0));

        assertThatThrownBy(() -> packs.index()
                        .stage(facts(name, 1), List.of(), Map.of())
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(name.text(), "is stored already");
        assertThat(packs.index().places(List.of(hash(0)))).hasSize(1);
    }

    @Test
    void a_pack_that_was_never_staged_cannot_be_stored() {
        PackName name = packs.reserve(0);

        assertThatThrownBy(() -> store(name)).hasMessageContainingAll(name.text(), "was not staged");
    }
}
