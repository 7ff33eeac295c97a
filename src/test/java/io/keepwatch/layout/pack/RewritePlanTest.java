package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewritePlanTest {
    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
    private static final Duration KEEP_ALL = Duration.ofHours(24);
    private static final Instant OLD = NOW.minus(Duration.ofHours(25));

    private static PackUse pack(int level, int sequence, Instant stored, long frameBytes, long neededBytes) {
        PackName name = new PackName(level, "e", sequence);
        return new PackUse(new PackFacts(name, frameBytes + 1_000, "md5"), stored, frameBytes, neededBytes, 10);
    }

    private static List<PackUse> small(int level, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> pack(level, number, OLD, 100_000, 100_000))
                .toList();
    }

    /** The sequences of each rewrite and its level. */
    private static List<String> plan(List<PackUse> uses) {
        return RewritePlan.of(uses, NOW, KEEP_ALL).stream()
                .map(rewrite -> rewrite.names().stream().map(PackName::sequence).toList() + " to " + rewrite.level())
                .toList();
    }

    @Test
    void a_pack_of_which_less_than_two_fifths_are_needed_is_rewritten() {
        assertThat(plan(List.of(pack(0, 1, NOW, 1_000_000, 399_999)))).containsExactly("[1] to 1");
        assertThat(plan(List.of(pack(0, 1, NOW, 1_000_000, 400_000)))).isEmpty();
    }

    @Test
    void wasteful_packs_of_a_level_share_a_pack_and_keep_their_level_above_0() {
        assertThat(plan(List.of(
                        pack(0, 1, NOW, 1_000_000, 1), pack(0, 3, NOW, 1_000_000, 2), pack(2, 2, NOW, 1_000_000, 3))))
                .containsExactly("[1, 3] to 1", "[2] to 2");
    }

    @Test
    void no_new_pack_holds_more_than_fits() {
        long most = 44L << 20;
        assertThat(plan(List.of(
                        pack(0, 1, NOW, 64L << 20, most / 2),
                        pack(0, 2, NOW, 64L << 20, most / 2 - 2_000),
                        pack(0, 3, NOW, 64L << 20, 1_000))))
                .containsExactly("[1, 2] to 1", "[3] to 1");
    }

    @Test
    void sixteen_small_packs_become_one_of_the_next_level() {
        assertThat(plan(small(0, 15))).isEmpty();
        assertThat(plan(small(0, 16))).containsExactly("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] to 1");
        assertThat(plan(small(1, 16))).singleElement().asString().endsWith("to 2");
        assertThat(plan(small(2, 16))).singleElement().asString().endsWith("to 2");
    }

    @Test
    void packs_of_the_time_in_which_everything_is_kept_are_not_merged() {
        List<PackUse> uses = new ArrayList<>(small(0, 15));
        uses.add(pack(0, 16, NOW.minus(KEEP_ALL), 100_000, 100_000));
        assertThat(plan(uses)).isEmpty();
    }

    @Test
    void large_packs_are_not_merged() {
        assertThat(plan(IntStream.rangeClosed(1, 40)
                        .mapToObj(number -> pack(0, number, OLD, 16L << 20, 16L << 20))
                        .toList()))
                .isEmpty();
    }

    @Test
    void dead_packs_are_no_part_of_it() {
        PackUse dead = new PackUse(new PackFacts(new PackName(0, "e", 1), 5_000, "md5"), OLD, 4_000, 0, 0);
        assertThat(plan(List.of(dead))).isEmpty();
    }

    @Test
    void a_pack_with_nothing_but_journal_lines_is_merged_and_not_wasteful() {
        List<PackUse> lines = IntStream.rangeClosed(1, 16)
                .mapToObj(number -> pack(0, number, OLD, 0, 0))
                .toList();
        assertThat(plan(lines.subList(0, 15))).isEmpty();
        assertThat(plan(lines)).hasSize(1);
    }
}
