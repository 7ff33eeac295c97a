package io.keepwatch.layout.mirror;

import static io.keepwatch.layout.TestCatalog.get;
import static io.keepwatch.layout.TestCatalog.meta;
import static io.keepwatch.layout.TestCatalog.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.FileType;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StorageLayoutContract;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.TestCatalog.Change;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.layout.VerifyRequest;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MirrorLayoutTest implements StorageLayoutContract {
    private static final Clock CLOCK = Clock.fixed(TestCatalog.START, ZoneOffset.UTC);
    private static final String TRASH = "p/h/~trash/2026-11/";

    private final RecordingStore store = new RecordingStore();
    private final MirrorLayout layout = new MirrorLayout(store, "p", "h", MirrorOptions.defaults(), CLOCK);
    private final TestCatalog catalog = new TestCatalog(layout);

    @Override
    public StorageLayout layout() {
        return layout;
    }

    /** The first flush of a process also asks whose bucket it is. */
    private void begin(Change... changes) throws Exception {
        catalog.store(changes);
        store.requests();
    }

    @Test
    void the_first_flush_of_a_process_writes_down_whose_bucket_it_is_once() throws Exception {
        catalog.store(catalog.file("a", "1"));
        catalog.store(catalog.file("b", "2"));
        assertThat(store.requests()).containsExactly("PUT p/h/keepwatch.json", "PUT p/h/home/a", "PUT p/h/home/b");
    }

    @Test
    void a_changed_file_costs_one_request() throws Exception {
        begin(catalog.file("dir/a", "1"));
        catalog.store(catalog.file("dir/a", "2"));
        assertThat(store.requests()).containsExactly("PUT p/h/home/dir/a");
    }

    @Test
    void a_chmod_and_a_copied_file_cost_one_copy_and_no_content() throws Exception {
        begin(catalog.file("a", "1"));
        catalog.store(catalog.file("a", "1"), catalog.file("b", "1"));
        assertThat(store.requests()).containsExactly("COPY p/h/home/a p/h/home/a", "COPY p/h/home/a p/h/home/b");
    }

    @Test
    void deletions_share_one_request_after_their_copies_into_the_trash() throws Exception {
        begin(catalog.file("a", "1"), catalog.file("b", "2"));
        catalog.store(catalog.deletion("a"), catalog.deletion("b"));
        List<String> requests = store.requests();
        assertThat(requests).hasSize(3).last().isEqualTo("DELETE p/h/home/b p/h/home/a");
        assertThat(requests.get(0)).startsWith("COPY p/h/home/a " + TRASH);
        assertThat(requests.get(1)).startsWith("COPY p/h/home/b " + TRASH);
    }

    @Test
    void without_a_time_to_keep_a_deleted_file_is_gone_at_once() throws Exception {
        TestCatalog strict =
                new TestCatalog(new MirrorLayout(store, "p", "h", new MirrorOptions(Duration.ZERO), CLOCK));
        strict.store(strict.file("a", "1"));
        store.requests();
        strict.store(strict.deletion("a"));
        assertThat(store.requests()).containsExactly("DELETE p/h/home/a");
    }

    @Test
    void a_path_that_was_never_stored_or_is_deleted_already_costs_at_most_one_deletion() throws Exception {
        begin(catalog.file("x", "1"));
        catalog.store(catalog.deletion("a"));
        assertThat(store.requests()).containsExactly("DELETE p/h/home/a.rclonelink p/h/home/a");
        catalog.store(catalog.deletion("a"));
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void a_renamed_file_is_copied_before_its_old_key_is_removed() throws Exception {
        begin(catalog.file("old", "1"));
        catalog.store(catalog.deletion("old"), catalog.file("new", "1"));
        List<String> requests = store.requests();
        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).isEqualTo("COPY p/h/home/old p/h/home/new");
        assertThat(requests.get(1)).startsWith("COPY p/h/home/old " + TRASH);
        assertThat(requests.get(2)).isEqualTo("DELETE p/h/home/old");
    }

    @Test
    void what_stands_in_the_way_is_removed_first() throws Exception {
        begin(catalog.directory("a"), catalog.file("a/b", "1"));
        catalog.store(catalog.file("a", "2"), catalog.deletion("a/b"));
        List<String> requests = store.requests();
        assertThat(requests.get(requests.size() - 2)).isEqualTo("DELETE p/h/home/a/b p/h/home/a/.keepwatch-dir");
        assertThat(requests).last().isEqualTo("PUT p/h/home/a");
    }

    @Test
    void a_hard_link_is_copied_from_its_leader_in_the_same_flush() throws Exception {
        begin(catalog.directory(""));
        catalog.store(
                catalog.file(
                        RawPath.of("a second"),
                        meta(FileType.REGULAR, 1).withHardLinkLeader(RawPath.of("leader")),
                        utf8("1")),
                catalog.file("leader", "1"));
        assertThat(store.requests()).containsExactly("PUT p/h/home/leader", "COPY p/h/home/leader p/h/home/a second");
    }

    @Test
    void where_the_store_refuses_a_copy_the_file_is_uploaded() throws Exception {
        begin(catalog.file("a", "1"));
        store.refuse(request -> request.startsWith("COPY")
                ? Optional.of(new StoreException.Permanent("no copies here (501)", null))
                : Optional.empty());
        List<StoreOutcome> outcomes = catalog.store(catalog.file("b", "1"));
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        StoreOutcome.Stored.class,
                        stored -> assertThat(stored.uploadedBytes()).isEqualTo(1));
    }

    @Test
    void metadata_has_the_names_that_rclone_reads() throws Exception {
        begin(catalog.file("a", "1"));
        Map<String, String> metadata =
                get(store.head("p/h/home/a")).orElseThrow().metadata();
        assertThat(metadata)
                .containsEntry("mtime", "1738555506.789012345")
                .containsEntry("mode", "100644")
                .containsEntry("uid", "1000")
                .containsEntry("gid", "100")
                .containsEntry("kw-type", "regular")
                .containsEntry("kw-owner", "anna")
                .containsEntry("kw-sha256", "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b");
        assertThat(metadata).doesNotContainKeys("kw-name", "kw-root", "kw-meta");
    }

    @Test
    void a_symlink_is_an_object_as_rclone_writes_it() throws Exception {
        begin(catalog.symlink("link", utf8("some where")));
        try (var object = get(store.get(io.keepwatch.store.GetObject.whole("p/h/home/link.rclonelink")))
                .orElseThrow()) {
            assertThat(object.body().readAllBytes()).isEqualTo(utf8("some where"));
        }
    }

    @Test
    void metadata_beyond_two_kilobytes_costs_one_more_object() throws Exception {
        begin(catalog.file("x", "1"));
        String path = "deep/".repeat(600) + "file";
        catalog.store(catalog.file(path, "2"));
        List<String> requests = store.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0)).matches("PUT p/h/~meta/[0-9a-f]{64}\\.json");
        assertThat(requests.get(1)).matches("PUT p/h/~long/[0-9a-f]{64}");
    }

    @Test
    void a_bucket_of_another_layout_is_refused_before_anything_is_stored() throws Exception {
        get(store.put(
                new PutObject("p/h/keepwatch.json", Map.of(), false),
                new MemoryContent(utf8("{\"format\":1,\"layout\":\"pack\",\"host\":\"h\"}"))));
        store.requests();
        assertThatThrownBy(() -> catalog.store(catalog.file("a", "1")))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContainingAll("p/h/keepwatch.json", "pack", "store.layout");
        assertThat(store.requests()).containsExactly("PUT p/h/keepwatch.json", "GET p/h/keepwatch.json");
        assertThatThrownBy(catalog::listed).hasMessageContaining("pack");
    }

    @Test
    void a_bucket_that_was_emptied_is_not_filled_again_in_silence() throws Exception {
        begin(catalog.file("a", "1"));
        get(store.delete(List.of("p/h/keepwatch.json")));
        MirrorLayout restarted = new MirrorLayout(store, "p", "h", MirrorOptions.defaults(), CLOCK);
        assertThatThrownBy(() -> get(restarted.store(catalog.flush(catalog.file("a", "2")))))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContainingAll("missing", "emptied");
        MirrorLayout established = new MirrorLayout(store, "p", "h", MirrorOptions.defaults(), CLOCK, true);
        assertThatThrownBy(() -> get(established.store(catalog.flush(catalog.file("new", "2")))))
                .hasMessageContaining("emptied");
    }

    @Test
    void a_store_that_refuses_everything_fails_the_flush_early() throws Exception {
        begin(catalog.file("a", "1"));
        store.refuse(request -> Optional.of(new StoreException.Permanent("403 for " + request, null)));
        Change[] changes = IntStream.range(0, 5000)
                .mapToObj(i -> catalog.file("f" + i, "content " + i))
                .toArray(Change[]::new);
        assertThatThrownBy(() -> catalog.store(changes))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("403");
        assertThat(store.requests()).hasSizeLessThan(200);
    }

    @Test
    void a_store_that_refuses_one_file_stores_the_others() throws Exception {
        begin(catalog.file("x", "0"));
        store.refuse(request -> request.endsWith("/b")
                ? Optional.of(new StoreException.Permanent("400 for " + request, null))
                : Optional.empty());
        assertThat(catalog.store(catalog.file("a", "1"), catalog.file("b", "2"), catalog.file("c", "3")))
                .extracting(outcome -> outcome instanceof StoreOutcome.Stored)
                .containsExactly(true, false, true);
    }

    @Test
    void any_number_of_files_that_no_store_takes_do_not_hold_up_what_comes_behind_them() throws Exception {
        begin(catalog.file("x", "0"));
        store.refuse(request -> request.contains("/bad")
                ? Optional.of(new StoreException.Permanent("400 for " + request, null))
                : Optional.empty());
        Change[] changes = IntStream.range(0, 300)
                .mapToObj(i -> catalog.file((i < 200 ? "bad" : "good") + i, "content " + i))
                .toArray(Change[]::new);
        assertThat(catalog.store(changes).stream().filter(StoreOutcome.Stored.class::isInstance))
                .hasSize(100);
    }

    @Test
    void a_single_file_that_the_store_never_takes_is_no_outage() throws Exception {
        begin(catalog.file("x", "0"));
        store.refuse(request -> request.endsWith("/bad")
                ? Optional.of(new StoreException.Transient("500 for " + request, null))
                : Optional.empty());
        assertThat(catalog.store(catalog.file("bad", "1"))).first().isInstanceOf(StoreOutcome.NotStored.class);
        assertThat(store.requests())
                .containsExactly("PUT p/h/home/bad", "GET p/h/keepwatch.json", "PUT p/h/keepwatch.json");
    }

    @Test
    void asking_the_store_tells_a_right_to_read_from_a_right_to_write() throws Exception {
        assertThat(get(layout.askStore())).isFalse();
        begin(catalog.file("x", "0"));
        assertThat(get(layout.askStore())).isTrue();
        store.refuse(request -> request.startsWith("PUT")
                ? Optional.of(new StoreException.Permanent("403 for " + request, null))
                : Optional.empty());
        assertThatThrownBy(() -> get(layout.askStore())).hasMessageContaining("403");
    }

    @Test
    void an_outage_in_the_middle_of_a_flush_ends_it_soon() throws Exception {
        begin(catalog.file("x", "0"));
        store.refuse(request -> request.compareTo("PUT p/h/home/f1000") >= 0
                ? Optional.of(new StoreException.Transient("time-out of " + request, null))
                : Optional.empty());
        Change[] changes = IntStream.range(500, 5000)
                .mapToObj(i -> catalog.file("f%04d".formatted(i), "content " + i))
                .toArray(Change[]::new);
        List<StoreOutcome> outcomes = catalog.store(changes);
        assertThat(outcomes.stream().filter(StoreOutcome.Stored.class::isInstance))
                .hasSize(500);
        assertThat(store.requests()).hasSizeLessThan(700);
    }

    @Test
    void a_failed_deletion_is_not_stored_and_leaves_the_file() throws Exception {
        begin(catalog.file("a", "1"), catalog.file("b", "2"));
        store.refuse(request -> request.startsWith("DELETE")
                ? Optional.of(new StoreException.Permanent("403 for " + request, null))
                : Optional.empty());
        assertThat(catalog.store(catalog.deletion("a"), catalog.file("c", "3")))
                .extracting(outcome -> outcome instanceof StoreOutcome.Stored)
                .containsExactly(false, true);
        assertThat(catalog.read(catalog.current("a"))).isEqualTo(utf8("1"));
    }

    @Test
    void an_overwritten_version_says_that_it_is_no_longer_there() throws Exception {
        begin(catalog.file("a", "1"));
        StoredVersion old = catalog.current("a");
        catalog.store(catalog.file("a", "2"));
        assertThatThrownBy(() -> catalog.read(old))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContainingAll("\"a\"", "p/h/home/a", "versioning");
    }

    @Test
    void the_trash_is_emptied_a_month_at_a_time_and_asked_only_when_it_has_grown() throws Exception {
        begin(catalog.file("a", "1"));
        StoredVersion old = catalog.current("a");
        assertThat(get(layout.maintain(TestCatalog.START))).isZero();
        assertThat(store.requests()).isEmpty();
        catalog.store(catalog.deletion("a"));
        store.requests();
        assertThat(get(layout.maintain(Instant.parse("2026-12-30T00:00:00Z")))).isZero();
        assertThat(store.requests()).containsExactly("LIST p/h/~trash/");
        catalog.store(catalog.file("b", "2"));
        catalog.store(catalog.deletion("b"));
        assertThat(get(layout.maintain(Instant.parse("2026-12-31T00:00:00Z")))).isEqualTo(2);
        assertThatThrownBy(() -> catalog.read(old)).isInstanceOf(StoreException.Permanent.class);
    }

    @Test
    void verify_tells_missing_different_and_unknown_objects_apart() throws Exception {
        begin(catalog.file("a", "1"), catalog.file("b", "2"), catalog.file("c", "3"));
        get(store.delete(List.of("p/h/home/a")));
        put("p/h/home/b", "other");
        put("p/h/home/foreign", "x");
        store.requests();
        List<String> problems = new ArrayList<>();
        VerifyReport report =
                get(layout.verify(new VerifyRequest(each -> catalog.live().forEach(each), problems::add)));
        assertThat(report).isEqualTo(new VerifyReport(3, 1, 1, 1));
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "\"home: a\" is missing: there is no object \"p/h/home/a\"",
                        "\"home: b\" differs: object \"p/h/home/b\" has another size or ETag than what was stored");
        assertThat(store.requests()).containsExactlyInAnyOrder("LIST p/h/", "HEAD p/h/home/a", "HEAD p/h/home/b");
    }

    @Test
    void a_rebuild_reports_what_it_cannot_read_and_goes_on() throws Exception {
        begin(catalog.file("a", "1"));
        put("p/h/home/foreign", "x");
        get(store.put(
                new PutObject("p/h/home/broken", Map.of("kw-type", "regular", "mtime", "soon"), false),
                new MemoryContent(new byte[0])));
        Map<String, String> copied = get(store.head("p/h/home/a")).orElseThrow().metadata();
        get(store.put(new PutObject("p/h/home/%61", copied, false), new MemoryContent(utf8("1"))));
        List<StoredVersion> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        get(layout.list(found::add, problems::add));
        assertThat(found).containsExactly(catalog.current("a"));
        assertThat(problems).hasSize(3).allMatch(problem -> problem.contains("is left out"));
    }

    private void put(String key, String content) throws Exception {
        get(store.put(new PutObject(key, Map.of(), false), new MemoryContent(utf8(content))));
    }
}
