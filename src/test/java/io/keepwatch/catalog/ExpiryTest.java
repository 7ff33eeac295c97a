package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.deletion;
import static io.keepwatch.catalog.Samples.file;
import static io.keepwatch.catalog.Samples.hashed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
    private static final long DAY = 86_400;
    private static final Retention NOTHING = new Retention(Duration.ZERO, 0, 0, 0, 0, 0);

    @TempDir
    Path directory;

    private Catalog catalog;

    @BeforeEach
    void open() {
        catalog = Catalog.open(directory);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private void durable(List<FileVersion> versions) {
        catalog.adopt(versions.stream()
                        .map(version -> new AdoptedVersion(version, "0/epoch/0000000001"))
                        .toList())
                .join();
    }

    private static ExpiryRequest request(Retention retention, long now) {
        return new ExpiryRequest(new RetentionRules(retention, List.of()), at(now), ZoneOffset.UTC, false);
    }

    private List<Long> sizes(String path) {
        return catalog.reader().versions(ROOT, RawPath.of(path)).stream()
                .map(row -> row.version()
                        .meta()
                        .map(meta -> meta.stat().sizeBytes())
                        .orElse(-1L))
                .toList();
    }

    @Test
    void past_versions_go_and_the_others_stay() {
        durable(List.of(file("a", 1, 0), file("a", 2, DAY), file("a", 3, 2 * DAY), file("b", 4, 0)));
        catalog.addPending(List.of(Samples.change(file("a", 5, 3 * DAY)))).join();
        List<String> removed = new ArrayList<>();

        ExpiryCounts counts = catalog.expire(
                request(new Retention(Duration.ofDays(2), 0, 0, 0, 0, 0), 3 * DAY),
                batch -> batch.forEach(row ->
                        removed.add(row.version().path() + " " + row.location().orElse(""))));

        assertThat(counts).isEqualTo(new ExpiryCounts(1, 1, 0, 2));
        assertThat(removed).containsExactly("a 0/epoch/0000000001");
        assertThat(sizes("a")).containsExactly(5L, 3L, 2L);
        assertThat(sizes("b")).containsExactly(4L);
        assertThat(catalog.reader().totals(ROOT).bytes()).isEqualTo(7);
    }

    @Test
    void a_dry_run_says_what_would_go_and_changes_nothing() {
        durable(List.of(file("a", 1, 0), file("a", 2, 10), deletion("a", 20), file("b", 3, 0), file("b", 4, 1)));
        List<String> told = new ArrayList<>();

        ExpiryCounts counts = catalog.reader()
                .forEachExpired(
                        request(NOTHING, DAY),
                        row -> told.add(row.version().path() + " "
                                + row.version().observed() + " "
                                + row.version().meta().orElseThrow().stat().sizeBytes()));

        assertThat(counts).isEqualTo(new ExpiryCounts(3, 6, 1, 2));
        assertThat(told).containsExactly("a " + at(10) + " 2", "a " + at(0) + " 1", "b " + at(0) + " 3");
        assertThat(sizes("a")).containsExactly(-1L, 2L, 1L);
    }

    @Test
    void a_deleted_file_is_never_current_again() {
        durable(List.of(file("a", 1, 0), deletion("a", 20)));

        catalog.expire(request(NOTHING, DAY), batch -> {});

        assertThat(sizes("a")).containsExactly(-1L);
        assertThat(catalog.reader().stored(ROOT, RawPath.of("a"))).isEmpty();
    }

    @Test
    void a_pattern_may_keep_longer_or_shorter_and_the_last_one_counts() {
        for (String path : List.of("log/x", "log/keep", "text")) {
            durable(List.of(file(path, 1, 0), file(path, 2, DAY), file(path, 3, 2 * DAY)));
        }
        Retention everything = new Retention(Duration.ofDays(365), 0, 0, 0, 0, 0);
        RetentionRules rules = new RetentionRules(
                everything,
                List.of(
                        new RetentionOverride((root, path) -> path.isWithin(RawPath.of("log")), NOTHING),
                        new RetentionOverride(
                                (root, path) ->
                                        root.equals(ROOT) && path.toString().endsWith("keep"),
                                everything)));

        catalog.expire(new ExpiryRequest(rules, at(3 * DAY), ZoneOffset.UTC, false), batch -> {});

        assertThat(sizes("log/x")).containsExactly(3L);
        assertThat(sizes("log/keep")).containsExactly(3L, 2L, 1L);
        assertThat(sizes("text")).containsExactly(3L, 2L, 1L);
    }

    @Test
    void many_paths_and_many_versions_take_several_pages() {
        List<FileVersion> versions = new ArrayList<>();
        for (int path = 0; path < 1_203; path++) {
            versions.add(file("d" + path % 7 + "/f" + path, 1, 0));
            versions.add(file("d" + path % 7 + "/f" + path, 2, 1));
        }
        IntStream.range(0, 5_500).forEach(number -> versions.add(file("a/often", number, number)));
        durable(versions);
        List<CatalogVersion> removed = new ArrayList<>();

        ExpiryCounts counts = catalog.expire(request(NOTHING, DAY), removed::addAll);

        assertThat(counts.versions()).isEqualTo(1_203 + 5_499);
        assertThat(removed).hasSize(1_203 + 5_499).doesNotHaveDuplicates();
        assertThat(catalog.expire(request(NOTHING, DAY), batch -> {}).versions())
                .isZero();
        assertThat(sizes("a/often")).containsExactly(5_499L);
        assertThat(catalog.reader().totals(ROOT).files()).isEqualTo(1_204);
    }

    private void fill(int kept, int deleted) {
        List<FileVersion> versions = new ArrayList<>();
        IntStream.range(0, kept).forEach(number -> versions.add(file("kept" + number, 1, 0)));
        for (int number = 0; number < deleted; number++) {
            versions.add(file("deleted" + number, 1, 0));
            versions.add(deletion("deleted" + number, 10));
        }
        durable(versions);
    }

    @Test
    void nothing_goes_where_most_files_would_lose_their_last_content() {
        fill(100, 101);

        assertThatThrownBy(() -> catalog.expire(request(NOTHING, DAY), batch -> {}))
                .isInstanceOf(ExpiryRefusedException.class)
                .hasMessageContainingAll("of 201 files", "101 are deleted", "clock", at(DAY).toString());

        assertThat(sizes("deleted7")).containsExactly(-1L, 1L);
    }

    @Test
    void it_goes_where_that_is_allowed_expressly() {
        fill(100, 101);

        ExpiryCounts counts = catalog.expire(
                new ExpiryRequest(new RetentionRules(NOTHING, List.of()), at(DAY), ZoneOffset.UTC, true), batch -> {});

        assertThat(counts).isEqualTo(new ExpiryCounts(101, 101, 101, 201));
        assertThat(sizes("deleted7")).containsExactly(-1L);
    }

    @Test
    void half_of_all_files_may_lose_their_last_content() {
        fill(101, 101);

        assertThat(catalog.expire(request(NOTHING, DAY), batch -> {}).endedPaths())
                .isEqualTo(101);
    }

    @Test
    void a_content_is_needed_no_longer_once_its_last_version_went() {
        FileVersion old = hashed(file("a", 1, 0), "old");
        PackRecord pack = new PackRecord("0/epoch/0000000001", 0, new PackNumber("epoch", 1), 9, "", Optional.empty());
        catalog.packs()
                .stage(pack, List.of(new ChunkRecord(old.hash().orElseThrow(), pack.name(), 0, 5, 0, 1)), Map.of())
                .join();
        catalog.packs().stored(pack.name(), at(0)).join();
        durable(List.of(old, hashed(file("a", 2, DAY), "new")));
        assertThat(catalog.reader().packs().needed(pack.name())).hasSize(1);

        catalog.expire(request(NOTHING, 3 * DAY), batch -> {});

        assertThat(catalog.reader().packs().needed(pack.name())).isEmpty();
        assertThat(catalog.reader().versions(ROOT, RawPath.of("a")))
                .extracting(CatalogVersion::location)
                .containsExactly(Optional.of(pack.name()));
    }
}
