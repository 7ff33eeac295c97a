package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.change;
import static io.keepwatch.catalog.Samples.file;
import static io.keepwatch.catalog.Samples.hashed;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.file.Xattr;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {
    @TempDir
    Path state;

    private Optional<OpenCatalog> opened = Optional.empty();

    @BeforeEach
    void open() {
        opened = Optional.of(new OpenCatalog(state));
    }

    @AfterEach
    void close() {
        session().close();
    }

    private OpenCatalog session() {
        return opened.orElseThrow();
    }

    private CatalogReader reader() {
        return session().reader();
    }

    private static RawPath raw(int... bytes) {
        byte[] path = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            path[i] = (byte) bytes[i];
        }
        return RawPath.of(path);
    }

    @Test
    void every_column_comes_back_as_it_went_in() {
        FileStat stat = new FileStat(
                FileType.CHARACTER_DEVICE,
                Long.MAX_VALUE,
                Instant.parse("1901-12-13T20:45:52.000000001Z"),
                Instant.parse("2554-07-21T23:34:33.999999999Z"),
                Long.MIN_VALUE,
                -1,
                65_000,
                07777,
                -2,
                Integer.MAX_VALUE,
                0x103);
        FileVersion version = new FileVersion(
                ROOT,
                raw(0xFF, 0xFE, '/', 0x80, '\n'),
                Instant.parse("1969-12-31T23:59:59.5Z"),
                Optional.of(new FileMeta(
                        stat,
                        Optional.of("anné"),
                        Optional.empty(),
                        Optional.of(Bytes.of(new byte[] {(byte) 0xC0, '/'})),
                        List.of(
                                new Xattr("security.empty", Bytes.of(new byte[0])),
                                new Xattr("user.größe", Bytes.of(new byte[70_000]))),
                        Optional.of(raw('x', 0xFF)))),
                Optional.of(Sha256.hash(new byte[0])),
                true);

        session().durable(version);

        assertThat(reader().current(ROOT, version.path()).orElseThrow().version())
                .isEqualTo(version);
        assertThat(reader().children(ROOT, raw(0xFF, 0xFE)))
                .extracting(KnownChild::name, KnownChild::stat)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Bytes.of(new byte[] {(byte) 0x80, '\n'}), stat));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0100-01-01T00:00:00Z", "2262-04-11T23:47:16.854775808Z", "+292278994-08-17T07:12:55Z"})
    void times_that_no_count_of_nanoseconds_holds_are_kept(String time) {
        FileStat stat =
                new FileStat(FileType.REGULAR, 1, Instant.parse(time), Instant.parse(time), 1, 1, 1, 0644, 0, 0, 0);

        session().durable(Samples.version("old", stat, 0));

        assertThat(reader().known(ROOT, RawPath.of("old")).orElseThrow().stat()).isEqualTo(stat);
    }

    @Test
    void the_root_itself_is_a_row_but_not_its_own_child() {
        session().durable(Samples.directory("", 0));
        session().durable(file("a", 1, 0));

        assertThat(session().names("")).containsExactly("a");
        assertThat(reader().known(ROOT, RawPath.ROOT)).isPresent();
        assertThat(tree("", Optional.empty())).containsExactly("", "a");
    }

    @Test
    void names_are_sorted_by_their_bytes_and_paths_by_theirs() {
        session()
                .catalog()
                .addPending(List.of(
                        change(file("b", 1, 0)),
                        change(Samples.directory("a", 0)),
                        change(file("a/x", 1, 0)),
                        change(file("a-b", 1, 0)),
                        change(file("é", 1, 0)),
                        change(file("Z", 1, 0))))
                .join();
        reader().claimable(10, at(0)).forEach(row -> {
            session().claim(row.id(), row.version());
            session().finish(row.id(), at(1));
        });

        assertThat(session().names("")).containsExactly("Z", "a", "a-b", "b", "é");
        assertThat(tree("", Optional.empty())).containsExactly("Z", "a", "a-b", "a/x", "b", "é");
        assertThat(tree("a", Optional.empty())).containsExactly("a", "a/x");
        assertThat(tree("a/x", Optional.empty())).containsExactly("a/x");
    }

    private List<String> tree(String prefix, Optional<Instant> time) {
        List<String> found = new ArrayList<>();
        reader().forEachAt(
                        ROOT,
                        RawPath.of(prefix),
                        time,
                        false,
                        each -> found.add(each.version().path().toString()));
        return found;
    }

    @Test
    void the_catalog_may_be_read_while_it_streams() {
        session().durable(file("a", 1, 0));
        session().durable(file("b", 1, 0));
        List<Integer> histories = new ArrayList<>();

        reader().forEachAt(
                        ROOT,
                        RawPath.ROOT,
                        Optional.empty(),
                        false,
                        each -> histories.add(
                                reader().versions(ROOT, each.version().path()).size()));

        assertThat(histories).containsExactly(1, 1);
    }

    @Test
    void a_point_in_time_holds_the_newest_version_observed_by_then() {
        session().durable(file("a", 1, 10));
        session().durable(file("a", 2, 20));
        session().durable(Samples.deletion("a", 30));

        assertThat(tree("", Optional.of(at(9)))).isEmpty();
        assertThat(sizeAt(19)).isEqualTo(1);
        assertThat(sizeAt(20)).isEqualTo(2);
        assertThat(tree("", Optional.of(at(30)))).isEmpty();
        List<CatalogVersion> withDeletions = new ArrayList<>();
        reader().forEachAt(ROOT, RawPath.ROOT, Optional.empty(), true, withDeletions::add);
        assertThat(withDeletions).extracting(row -> row.version().isDeletion()).containsExactly(true);
    }

    private long sizeAt(long second) {
        List<Long> sizes = new ArrayList<>();
        reader().forEachAt(
                        ROOT,
                        RawPath.of("a"),
                        Optional.of(at(second)),
                        false,
                        each -> sizes.add(
                                each.version().meta().orElseThrow().stat().sizeBytes()));
        assertThat(sizes).hasSize(1);
        return sizes.get(0);
    }

    @Test
    void versions_come_newest_first() {
        long past = session().durable(file("a", 1, 10));
        long older = session().durable(file("a", 1, 11));
        long current = session().durable(file("a", 2, 20));
        long uploading = session().uploading(file("a", 3, 30));
        long pending = session().pending(file("a", 4, 40));

        assertThat(reader().versions(ROOT, RawPath.of("a")))
                .extracting(CatalogVersion::id)
                .containsExactly(pending, uploading, current, older, past);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:10Z,     2026-01-01T00:00:11.999Z, true",
        "2026-01-01T00:00:10Z,     2026-01-01T00:00:12Z,     false",
        "2026-01-01T00:00:10.001Z, 2026-01-01T00:00:10.100Z, true",
        "2026-01-01T00:00:10.001Z, 2026-01-01T00:00:10.101Z, false",
        "2026-01-01T00:00:10.001Z, 2026-01-01T00:00:09Z,     true"
    })
    void a_stat_right_after_the_change_is_racy(Instant changed, Instant observed, boolean racy) {
        FileStat stat = new FileStat(FileType.REGULAR, 1, changed, changed, 1, 1, 1, 0644, 0, 0, 0);
        FileVersion version = new FileVersion(
                ROOT, RawPath.of("a"), observed, Optional.of(Samples.meta(stat)), Optional.empty(), false);

        session().pending(version);

        assertThat(reader().known(ROOT, RawPath.of("a")).orElseThrow().racy()).isEqualTo(racy);
    }

    @Test
    void content_is_found_by_its_hash_while_it_is_current() {
        session().durable(hashed(file("a", 1, 0), "one"));
        Sha256 one = Sha256.hash("one".getBytes(StandardCharsets.UTF_8));
        assertThat(reader().withHash(one)).isPresent();

        session().durable(hashed(file("a", 2, 1), "two"));

        assertThat(reader().withHash(one)).isEmpty();
    }

    @Test
    void content_that_may_mix_two_states_is_not_offered_by_its_hash() {
        FileVersion mixed = hashed(file("a", 1, 0), "one");
        session().durable(new FileVersion(ROOT, mixed.path(), mixed.observed(), mixed.meta(), mixed.hash(), true));

        assertThat(reader().withHash(mixed.hash().orElseThrow())).isEmpty();
    }

    private static FileVersion link(String path, long observed) {
        return Samples.version(path, Samples.stat(FileType.REGULAR, 3, 0, 42, 2), observed);
    }

    private Optional<String> leaderOf(String path) {
        return reader().hardLinkLeader(ROOT, RawPath.of(path), Samples.stat(FileType.REGULAR, 3, 0, 42, 2))
                .map(leader -> leader.version().path().toString());
    }

    @Test
    void a_hard_link_finds_the_path_that_was_stored_first() {
        session().durable(link("z-first", 0));
        session().uploading(link("a-second", 1));
        session().pending(link("third", 2));

        assertThat(leaderOf("third")).contains("z-first");
        assertThat(leaderOf("z-first")).contains("a-second");
    }

    @Test
    void a_hard_link_has_no_leader_that_is_about_to_be_deleted_or_is_a_link_itself() {
        session().durable(link("first", 0));
        FileVersion second = link("second", 1);
        session()
                .durable(new FileVersion(
                        ROOT,
                        second.path(),
                        second.observed(),
                        second.meta().map(meta -> meta.withHardLinkLeader(RawPath.of("first"))),
                        Optional.empty(),
                        false));
        session().pending(Samples.deletion("first", 2));

        assertThat(leaderOf("third")).isEmpty();
    }

    @Test
    void an_inode_number_that_was_used_again_has_no_leader() {
        session().durable(link("first", 0));

        assertThat(reader().hardLinkLeader(ROOT, RawPath.of("b"), Samples.stat(FileType.REGULAR, 4, 0, 42, 2)))
                .isEmpty();
    }

    @Test
    void what_the_bucket_holds_becomes_the_catalog_in_any_order_and_once() {
        AdoptedVersion older = new AdoptedVersion(file("a", 1, 0), "one");
        AdoptedVersion newer = new AdoptedVersion(file("a", 2, 5), "two");
        session().catalog().adopt(List.of(newer, older)).join();
        session().catalog().adopt(List.of(older, newer)).join();

        assertThat(reader().versions(ROOT, RawPath.of("a")))
                .extracting(row -> row.location().orElseThrow())
                .containsExactly("two", "one");
        assertThat(sizeAt(1)).isEqualTo(1);
        assertThat(reader().totals(ROOT)).isEqualTo(new RootTotals(1, 2, Optional.empty()));
    }

    @Test
    void totals_follow_every_root_apart() {
        session().durable(file("a", 10, 0));
        session().durable(file("b", 5, 1));
        session().durable(Samples.deletion("b", 2));
        session()
                .catalog()
                .adopt(List.of(new AdoptedVersion(
                        new FileVersion(
                                "music", RawPath.of("a"), at(0), file("a", 7, 0).meta(), Optional.empty(), false),
                        "there")))
                .join();

        assertThat(reader().totals(ROOT)).isEqualTo(new RootTotals(1, 10, Optional.of(at(2))));
        assertThat(reader().totals("music")).isEqualTo(new RootTotals(1, 7, Optional.empty()));
        assertThat(reader().totals("none")).isEqualTo(new RootTotals(0, 0, Optional.empty()));
        assertThat(reader().roots()).containsExactly("music", ROOT);
    }

    @Test
    void requests_of_a_day_and_class_add_up() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        RequestCount put = new RequestCount(day, "put", 2, 100, 1);
        session().catalog().addRequests(List.of(put, put)).join();
        session()
                .catalog()
                .addRequests(List.of(new RequestCount(day.plusDays(1), "get", 1, 0, 9)))
                .join();

        assertThat(reader().requests(day, day)).containsExactly(new RequestCount(day, "put", 4, 200, 2));
        assertThat(reader().requests(day, day.plusDays(1))).hasSize(2);
    }

    @Test
    void a_setting_keeps_its_last_value_over_a_restart() {
        session().catalog().putSetting("host", "one").join();
        session().catalog().putSetting("host", "two").join();
        session().restart();

        assertThat(reader().setting("host")).contains("two");
        assertThat(reader().setting("other")).isEmpty();
    }
}
