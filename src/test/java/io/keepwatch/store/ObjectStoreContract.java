package io.keepwatch.store;

import static io.keepwatch.store.Stages.await;
import static io.keepwatch.store.Stages.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store keeps. Tests share one bucket, so each has its own prefix. */
interface ObjectStoreContract {
    ObjectStore store() throws Exception;

    RequestLedger ledger();

    static MemoryContent text(String text) {
        return new MemoryContent(text.getBytes(UTF_8));
    }

    static PutObject put(String key) {
        return new PutObject(key, Map.of(), false);
    }

    static String read(ObjectStore store, GetObject request) throws Exception {
        try (ObjectStream stream = await(store.get(request)).orElseThrow()) {
            return new String(stream.body().readAllBytes(), UTF_8);
        }
    }

    static List<String> keys(ObjectStore store, String prefix) throws Exception {
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            ObjectPage page = await(store.list(prefix, next));
            page.objects().forEach(object -> keys.add(object.key()));
            next = page.continuation();
        } while (next.isPresent());
        return keys;
    }

    @Test
    default void what_was_put_is_read_back_with_its_metadata() throws Exception {
        ObjectInfo put =
                await(store().put(new PutObject("put/a", Map.of("mtime", "1.5", "kw-x", "a  b"), false), text("body")));
        try (ObjectStream stream = await(store().get(GetObject.whole("put/a"))).orElseThrow()) {
            assertThat(stream.body().readAllBytes()).asString().isEqualTo("body");
            assertThat(stream.info()).isEqualTo(put);
        }
        assertThat(await(store().head("put/a"))).contains(put);
    }

    @Test
    default void an_empty_object_is_an_object() throws Exception {
        await(store().put(put("empty/a"), text("")));
        assertThat(read(store(), GetObject.whole("empty/a"))).isEmpty();
        assertThat(await(store().head("empty/a")).orElseThrow().sizeBytes()).isZero();
    }

    @Test
    default void a_second_put_replaces_body_and_metadata() throws Exception {
        await(store().put(new PutObject("twice/a", Map.of("old", "1"), false), text("old body")));
        await(store().put(new PutObject("twice/a", Map.of("new", "2"), false), text("new")));
        assertThat(read(store(), GetObject.whole("twice/a"))).isEqualTo("new");
        assertThat(await(store().head("twice/a")).orElseThrow().metadata()).isEqualTo(Map.of("new", "2"));
    }

    @Test
    default void a_missing_object_is_empty_and_not_an_error() throws Exception {
        assertThat(await(store().get(GetObject.whole("nothing")))).isEmpty();
        assertThat(await(store().head("nothing"))).isEmpty();
    }

    @Test
    default void a_range_is_part_of_the_object_and_tells_the_whole_size() throws Exception {
        await(store().put(put("range/a"), text("0123456789")));
        GetObject middle = new GetObject("range/a", Optional.empty(), Optional.of(new GetObject.ByteRange(3, 5)));
        assertThat(read(store(), middle)).isEqualTo("345");
        try (ObjectStream stream = await(store().get(middle)).orElseThrow()) {
            assertThat(stream.info().sizeBytes()).isEqualTo(10);
        }
    }

    @Test
    default void a_range_behind_the_end_is_refused() throws Exception {
        await(store().put(put("range/b"), text("0123")));
        assertThat(failure(store().get(new GetObject(
                        "range/b", Optional.empty(), Optional.of(new GetObject.ByteRange(4, 9))))))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("fewer bytes");
    }

    @Test
    default void the_last_bytes_are_read_without_knowing_the_size() throws Exception {
        await(store().put(put("range/c"), text("0123456789")));
        GetObject tail = GetObject.range("range/c", new GetObject.LastBytes(3));
        assertThat(read(store(), tail)).isEqualTo("789");
        try (ObjectStream stream = await(store().get(tail)).orElseThrow()) {
            assertThat(stream.info().sizeBytes()).isEqualTo(10);
        }
        assertThat(read(store(), GetObject.range("range/c", new GetObject.LastBytes(11))))
                .isEqualTo("0123456789");
    }

    @Test
    default void only_if_absent_refuses_a_key_that_is_taken_and_leaves_it_as_it_was() throws Exception {
        PutObject once = new PutObject("once/a", Map.of(), true);
        await(store().put(once, text("first")));
        assertThat(failure(store().put(once, text("second")))).isInstanceOf(StoreException.AlreadyExists.class);
        assertThat(read(store(), GetObject.whole("once/a"))).isEqualTo("first");
    }

    @Test
    default void a_copy_replaces_the_metadata_and_keeps_the_bytes() throws Exception {
        ObjectInfo source = await(store().put(new PutObject("copy/ä b+%41", Map.of("old", "1"), false), text("body")));
        await(store().copy(new CopyObject("copy/ä b+%41", source.etag(), "copy/ä b+%41", Map.of("new", "2"))));
        assertThat(await(store().head("copy/ä b+%41")).orElseThrow().metadata()).isEqualTo(Map.of("new", "2"));
        ObjectInfo copy =
                await(store().copy(new CopyObject("copy/ä b+%41", source.etag(), "copy/to", Map.of("x", "3"))));
        assertThat(read(store(), GetObject.whole("copy/to"))).isEqualTo("body");
        assertThat(copy.etag())
                .isEqualTo(await(store().head("copy/to")).orElseThrow().etag());
    }

    @Test
    default void a_copy_of_what_is_gone_or_has_changed_is_refused() throws Exception {
        ObjectInfo before = await(store().put(put("changed/a"), text("before")));
        await(store().put(put("changed/a"), text("after")));
        assertThat(failure(store().copy(new CopyObject("changed/a", before.etag(), "changed/b", Map.of()))))
                .isInstanceOf(StoreException.SourceChanged.class);
        assertThat(failure(store().copy(new CopyObject("changed/none", before.etag(), "changed/b", Map.of()))))
                .isInstanceOf(StoreException.SourceChanged.class);
    }

    @Test
    default void a_list_is_in_key_order_and_within_its_prefix() throws Exception {
        for (String key : List.of("list/b", "list/é", "list/a/x", "list/B", "list/a-b", "lisu")) {
            await(store().put(put(key), text(key)));
        }
        assertThat(keys(store(), "list/")).containsExactly("list/B", "list/a-b", "list/a/x", "list/b", "list/é");
    }

    @Test
    default void the_time_of_the_server_costs_no_request() throws Exception {
        await(store().head("time/a"));
        RequestCounts before = ledger().snapshot();
        assertThat(store().serverTime().orElseThrow())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
        assertThat(ledger().snapshot()).isEqualTo(before);
    }

    @Test
    default void a_list_tells_size_etag_and_time() throws Exception {
        Instant before = Instant.now();
        ObjectInfo put = await(store().put(put("listed/a"), text("12345")));
        ListedObject listed =
                await(store().list("listed/", Optional.empty())).objects().get(0);
        assertThat(listed).isEqualTo(new ListedObject("listed/a", 5, put.etag(), listed.modified()));
        assertThat(listed.modified())
                .isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " a",
                "a ",
                "a b+c",
                "100%",
                "a%2Fb",
                "q?x#y&z=1",
                "'\"\\`",
                "日本/😀",
                "a\u0308",
                "tab\tx",
                "line\nx",
                "cr\rx",
                "\u007f",
                "&amp;<>",
                "~long/x",
                "..a",
                "\u2028"
            })
    default void any_text_is_a_key(String name) throws Exception {
        String key = "names/" + name;
        await(store().put(put(key), text(name)));
        assertThat(read(store(), GetObject.whole(key))).isEqualTo(name);
        assertThat(keys(store(), "names/")).containsExactly(key);
        await(store().delete(List.of(key)));
        assertThat(keys(store(), "names/")).isEmpty();
    }

    @Test
    default void deleting_takes_what_is_there_and_what_is_not() throws Exception {
        await(store().put(put("delete/a"), text("a")));
        await(store().put(put("delete/b"), text("b")));
        await(store().delete(List.of("delete/a", "delete/missing", "delete/b")));
        assertThat(keys(store(), "delete/")).isEmpty();
    }

    @Test
    default void deleting_nothing_costs_nothing() throws Exception {
        RequestCounts before = ledger().snapshot();
        await(store().delete(List.of()));
        assertThat(ledger().snapshot()).isEqualTo(before);
    }

    @Test
    default void a_content_that_cannot_be_read_stores_nothing() throws Exception {
        Content broken = new Content() {
            @Override
            public long lengthBytes() {
                return 300_000;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                throw new IOException("the file changed while it was read");
            }
        };
        Content tooShort = new Content() {
            @Override
            public long lengthBytes() {
                return 300_000;
            }

            @Override
            public InputStream open(long offset) {
                return new ByteArrayInputStream(new byte[100_000]);
            }
        };
        assertThat(failure(store().put(put("broken/a"), tooShort))).isInstanceOf(StoreException.Unreadable.class);
        assertThat(failure(store().put(put("broken/a"), broken)))
                .isInstanceOf(StoreException.Unreadable.class)
                .hasMessageContaining("broken/a")
                .hasMessageContaining("the file changed while it was read");
        assertThat(await(store().head("broken/a"))).isEmpty();
    }

    @Test
    default void each_request_is_counted_once_by_its_class() throws Exception {
        ObjectStore store = store();
        ledger().drain();
        ObjectInfo put = await(store.put(put("count/a"), text("12345")));
        await(store.copy(new CopyObject("count/a", put.etag(), "count/b", Map.of())));
        assertThat(read(store, GetObject.whole("count/a"))).isEqualTo("12345");
        await(store.head("count/a"));
        await(store.list("count/", Optional.empty()));
        await(store.delete(List.of("count/a", "count/b")));
        RequestCounts counts = ledger().snapshot();
        assertThat(counts.requests())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        RequestClass.PUT, 1L,
                        RequestClass.COPY, 1L,
                        RequestClass.GET, 1L,
                        RequestClass.HEAD, 1L,
                        RequestClass.LIST, 1L,
                        RequestClass.DELETE, 1L,
                        RequestClass.POST, 0L));
        assertThat(counts.bytesSent()).isGreaterThanOrEqualTo(5);
        assertThat(counts.bytesReceived()).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a\u0001", "a\u0000", "a\uffff", "\ud800"})
    default void a_key_that_some_server_would_lose_is_refused_before_any_request(String key) {
        assertThatThrownBy(() -> store().head(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> put(key)).isInstanceOf(IllegalArgumentException.class);
    }
}
