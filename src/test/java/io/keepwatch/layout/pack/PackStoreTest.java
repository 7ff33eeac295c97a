package io.keepwatch.layout.pack;

import static io.keepwatch.layout.TestCatalog.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.Flush;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.TestCatalog.Change;
import io.keepwatch.store.StoreException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackStoreTest extends PackLayoutFixture {
    private static final String MARKER = "k/h/keepwatch.json";
    private static final String EPOCH = "20261125T000000Z-00000001";

    private final Random random = new Random(1);

    private static String pack(int number) {
        return "k/h/packs/0/" + EPOCH + "/000000000" + number + ".tar.zst";
    }

    private Change file(TestCatalog catalog, String path, byte[] content) {
        return catalog.file(RawPath.of(path), TestCatalog.meta(FileType.REGULAR, content.length), content);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Change[] smallFiles(TestCatalog catalog, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> catalog.file("d" + i % 7 + "/f" + i, "content " + i))
                .toArray(Change[]::new);
    }

    @Test
    void a_flush_is_one_request_however_many_versions_it_has() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(smallFiles(catalog, 500));
        assertThat(store.requests())
                .as("and one in the life of the catalog, which finds out what the store does with conditions")
                .containsExactly("PUT " + MARKER, "PUT " + MARKER, "PUT " + pack(1));
        catalog.store(catalog.file("d1/f1", "changed"), catalog.deletion("d1/f8"), catalog.directory("new"));
        assertThat(store.requests()).containsExactly("PUT " + pack(2));
    }

    @Test
    void a_content_that_is_stored_somewhere_does_not_travel_again() throws Exception {
        TestCatalog catalog = catalog();
        byte[] content = randomBytes(500_000);
        catalog.store(file(catalog, "a", content));
        catalog.store(file(catalog, "a", randomBytes(10)));
        store.contentBytes();
        catalog.store(file(catalog, "b/copy", content), file(catalog, "c", content), catalog.deletion("a"));
        assertThat(store.contentBytes()).isLessThan(2_000);
        assertThat(catalog.read(catalog.current("b/copy"))).isEqualTo(content);
    }

    @Test
    void the_same_content_twice_in_a_flush_travels_once() throws Exception {
        TestCatalog catalog = catalog();
        byte[] content = randomBytes(500_000);
        catalog.store(file(catalog, "a", content), file(catalog, "b", content));
        assertThat(store.contentBytes()).isLessThan(510_000);
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(2);
    }

    @Test
    void of_a_large_file_only_the_segments_that_changed_travel() throws Exception {
        TestCatalog catalog = catalog();
        byte[] content = randomBytes(20 << 20);
        catalog.store(file(catalog, "disk.img", content));
        store.contentBytes();
        content[7_000_000] ^= 1;
        catalog.store(file(catalog, "disk.img", content));
        assertThat(store.contentBytes()).isBetween(1L << 20, (1L << 20) + 4_000);
        byte[] longer = Arrays.copyOf(content, content.length + 100_000);
        catalog.store(file(catalog, "disk.img", longer));
        assertThat(store.contentBytes()).isLessThan(110_000);
        assertThat(catalog.read(catalog.current("disk.img"))).isEqualTo(longer);
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions());
    }

    @Test
    void a_flush_beyond_one_pack_is_several_and_what_was_sent_before_a_refusal_stays() throws Exception {
        TestCatalog catalog = catalog();
        Change[] files = IntStream.range(0, 5)
                .mapToObj(i -> file(catalog, "f" + i, randomBytes(15 << 20)))
                .toArray(Change[]::new);
        store.refuse(request -> request.equals("PUT " + pack(2))
                ? java.util.Optional.of(new StoreException.Transient("no answer", null))
                : java.util.Optional.empty());
        List<StoreOutcome> outcomes = catalog.store(files);
        long stored =
                outcomes.stream().filter(StoreOutcome.Stored.class::isInstance).count();
        assertThat(stored).isBetween(1L, 4L);
        store.takeAll();
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize((int) stored);
        Change[] rest = IntStream.range(0, 5)
                .filter(i -> outcomes.get(i) instanceof StoreOutcome.NotStored)
                .mapToObj(i -> files[i])
                .toArray(Change[]::new);
        catalog.store(rest);
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(5);
    }

    @Test
    void a_store_that_refuses_the_first_pack_refuses_the_flush() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "1"));
        store.refuse(request -> request.startsWith("PUT")
                ? java.util.Optional.of(new StoreException.Permanent("access denied", null))
                : java.util.Optional.empty());
        assertThatThrownBy(() -> catalog.store(catalog.file("b", "2"))).hasMessage("access denied");
        store.takeAll();
        store.requests();
        catalog.store(catalog.file("b", "2"));
        assertThat(store.requests())
                .as("it asks once what became of the pack")
                .containsExactly("HEAD " + pack(2), "PUT " + pack(3));
    }

    @Test
    void a_clone_with_the_same_catalog_is_noticed_and_overwrites_nothing() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(catalog.file("a", "1"));
        MemoryPackIndex cloned = known.newIndex(1);
        TestCatalog clone = new TestCatalog(layout(cloned));
        assertThatThrownBy(() -> clone.store(clone.file("other", "2")))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining(pack(1))
                .hasMessageContaining("host \"h\"")
                .hasMessageContaining("keepwatch rebuild");
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(1);
    }

    @Test
    void a_pack_whose_answer_was_lost_is_found_and_not_sent_again() throws Exception {
        TestCatalog catalog = catalog();
        byte[] content = randomBytes(500_000);
        Flush flush = catalog.flush(file(catalog, "a", content));
        catalog.send(flush);
        PackFacts facts = index.stored().get(0);
        Chunk chunk = new Chunk(
                flush.versions().get(0).version().hash().orElseThrow(),
                index.places(List.of(flush.versions().get(0).version().hash().orElseThrow()))
                        .values()
                        .iterator()
                        .next());
        MemoryPackIndex afterCrash = known.newIndex(1);
        get(afterCrash.reserve(0));
        get(afterCrash.stage(facts, List.of(chunk), Map.of()));
        store.requests();
        store.contentBytes();
        assertThat(get(layout(afterCrash).store(flush))).allMatch(StoreOutcome.Stored.class::isInstance);
        assertThat(store.requests())
                .containsExactly("PUT " + MARKER, "GET " + MARKER, "HEAD " + pack(1), "PUT " + pack(2));
        assertThat(store.contentBytes()).isLessThan(2_000);
    }

    @Test
    void many_small_files_that_are_read_in_order_cost_few_requests() throws Exception {
        TestCatalog catalog = catalog();
        byte[][] contents = new byte[600][];
        Change[] files = new Change[contents.length];
        for (int i = 0; i < files.length; i++) {
            contents[i] = randomBytes(20_000);
            files[i] = file(catalog, "d/" + (1000 + i), contents[i]);
        }
        catalog.store(files);
        PackLayout layout = layout();
        store.requests();
        for (int i = 0; i < files.length; i++) {
            try (var in = get(layout.open(catalog.current("d/" + (1000 + i)))).open(0)) {
                assertThat(in.readAllBytes()).isEqualTo(contents[i]);
            }
        }
        assertThat(store.requests()).hasSizeLessThan(10);
    }

    @Test
    void one_file_is_read_with_one_request() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(smallFiles(catalog, 500));
        store.requests();
        assertThat(catalog.read(catalog.current("d3/f3"))).isEqualTo(TestCatalog.utf8("content 3"));
        assertThat(store.requests()).containsExactly("GET " + pack(1));
    }

    @Test
    void a_rebuild_reads_one_list_and_the_end_of_each_pack() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(smallFiles(catalog, 500));
        catalog.store(catalog.deletion("d3/f3"));
        store.requests();
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions()).hasSize(499);
        assertThat(store.requests())
                .containsExactlyInAnyOrder("LIST k/h/", "GET " + MARKER, "GET " + pack(1), "GET " + pack(2));
    }

    @Test
    void a_pack_of_which_little_is_needed_gives_its_room_back_after_the_grace_period() throws Exception {
        TestCatalog catalog = catalog();
        byte[] kept = randomBytes(300_000);
        catalog.store(file(catalog, "kept", kept), file(catalog, "large", randomBytes(3_000_000)));
        StoredVersion old = catalog.current("large");
        catalog.store(catalog.deletion("large"));
        catalog.forget(old);
        PackLayout layout = layout();
        clock.move(Duration.ofDays(2));
        assertThat(get(layout.maintain(clock.instant()))).isZero();
        assertThat(catalog.read(catalog.current("kept"))).isEqualTo(kept);
        store.requests();
        clock.move(PackSetting.GRACE.plusMinutes(1));
        get(layout.askStore());
        assertThat(get(layout.maintain(clock.instant()))).isEqualTo(1);
        assertThat(store.requests()).contains("DELETE " + pack(1));
        assertThat(catalog.read(catalog.current("kept"))).isEqualTo(kept);
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions());
    }

    @Test
    void maintenance_makes_no_request_where_nothing_is_to_be_done() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(smallFiles(catalog, 20));
        store.requests();
        assertThat(get(layout().maintain(clock.instant()))).isZero();
        assertThat(store.requests()).containsExactly("PUT k/h/RESTORE.md", "PUT k/h/restore.sh");
        clock.move(Duration.ofDays(30));
        assertThat(get(layout().maintain(clock.instant()))).isZero();
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void many_small_packs_become_one_and_every_version_stays() throws Exception {
        TestCatalog catalog = catalog();
        for (int i = 0; i < RewritePlan.MERGED; i++) {
            catalog.store(catalog.file("a", "state " + i), catalog.file("f" + i, "file " + i));
        }
        clock.move(Duration.ofDays(2));
        get(layout().maintain(clock.instant()));
        assertThat(index.stored()).extracting(pack -> pack.name().level()).containsExactly(1);
        for (StoredVersion version : catalog.all()) {
            assertThat(catalog.read(version)).isNotEmpty();
        }
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions());
    }
}
