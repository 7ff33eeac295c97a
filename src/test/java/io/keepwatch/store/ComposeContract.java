package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.ObjectStoreContract.text;
import static io.keepwatch.store.Stages.await;
import static io.keepwatch.store.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.ComposeObject.Piece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store keeps that can make an object out of pieces of others. */
interface ComposeContract {
    int MIB = 1 << 20;

    ObjectStore store() throws Exception;

    RequestLedger ledger();

    /** Skips the test where a server is known to lack this; the others lack nothing. */
    default void assumeHas(String feature) {}

    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        return random;
    }

    static Piece.Bytes bytes(byte[] content) {
        return new Piece.Bytes(new MemoryContent(content));
    }

    /** An object of 7 MiB, and all of it but its first byte. */
    private Piece.Range source(String key) throws Exception {
        ObjectInfo info = await(store().put(put(key), new MemoryContent(random(7 * MIB))));
        return new Piece.Range(key, info.etag(), 1, 7 * MIB - 1L);
    }

    @Test
    default void an_object_is_made_of_ranges_and_contents() throws Exception {
        Piece.Range first = source("compose/a b+é");
        Piece.Range second = new Piece.Range(first.key(), first.etag(), 10, 6 * MIB);
        byte[] middle = random(5 * MIB);
        ledger().drain();
        ObjectInfo composed = await(store().compose(new ComposeObject(
                new PutObject("compose/to", Map.of("x", "1"), true),
                List.of(
                        first,
                        bytes(Arrays.copyOf(middle, 3)),
                        bytes(Arrays.copyOfRange(middle, 3, middle.length)),
                        second,
                        bytes(new byte[] {1, 2, 3})))));
        RequestCounts counts = ledger().snapshot();
        assertThat(List.of(counts.of(RequestClass.COPY), counts.of(RequestClass.PUT), counts.of(RequestClass.POST)))
                .containsExactly(2L, 2L, 2L);
        assertThat(counts.total()).isEqualTo(6);
        assertThat(counts.bytesSent()).isBetween(5L * MIB + 3, 6L * MIB);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(random(7 * MIB), 1, 7 * MIB - 1);
        expected.writeBytes(middle);
        expected.write(random(7 * MIB), 10, 6 * MIB);
        expected.writeBytes(new byte[] {1, 2, 3});
        try (ObjectStream stream =
                await(store().get(GetObject.whole("compose/to"))).orElseThrow()) {
            assertThat(Arrays.equals(stream.body().readAllBytes(), expected.toByteArray()))
                    .isTrue();
            assertThat(stream.info()).isEqualTo(composed);
        }
    }

    @Test
    default void pieces_without_a_range_are_an_upload() throws Exception {
        ledger().drain();
        await(store().compose(new ComposeObject(
                put("compose/plain"), List.of(bytes(new byte[] {'a'}), bytes(new byte[] {'b'})))));
        assertThat(ledger().snapshot().of(RequestClass.PUT)).isEqualTo(1);
        assertThat(ledger().snapshot().total()).isEqualTo(1);
        assertThat(ObjectStoreContract.read(store(), GetObject.whole("compose/plain")))
                .isEqualTo("ab");
    }

    @Test
    default void a_source_that_is_gone_or_has_changed_makes_no_object() throws Exception {
        Piece.Range gone = source("compose/gone");
        await(store().delete(List.of(gone.key())));
        isRefused(gone);
        assumeHas("part-source-condition");
        Piece.Range changed = source("compose/changed");
        await(store().put(put(changed.key()), new MemoryContent(random(8 * MIB))));
        isRefused(changed);
    }

    private void isRefused(Piece.Range range) throws Exception {
        ledger().drain();
        assertThat(failure(store().compose(new ComposeObject(put("compose/none"), List.of(range)))))
                .isInstanceOf(StoreException.SourceChanged.class)
                .hasMessageContaining(range.key());
        assertThat(ledger().snapshot().of(RequestClass.DELETE)).isEqualTo(1);
        assertThat(await(store().head("compose/none"))).isEmpty();
    }

    @Test
    default void a_range_behind_the_end_makes_no_object() throws Exception {
        Piece.Range whole = source("compose/short");
        Piece.Range longer = new Piece.Range(whole.key(), whole.etag(), 1, 7 * MIB);
        assertThat(failure(store().compose(new ComposeObject(put("compose/longer"), List.of(longer)))))
                .isInstanceOf(StoreException.class);
        assertThat(await(store().head("compose/longer"))).isEmpty();
    }

    @Test
    default void a_composed_object_respects_a_key_that_is_taken() throws Exception {
        assumeHas("complete-condition");
        Piece.Range range = source("compose/source");
        await(store().put(put("compose/taken"), text("first")));
        assertThat(failure(store().compose(
                                new ComposeObject(new PutObject("compose/taken", Map.of(), true), List.of(range)))))
                .isInstanceOf(StoreException.AlreadyExists.class);
        assertThat(ObjectStoreContract.read(store(), GetObject.whole("compose/taken")))
                .isEqualTo("first");
    }

    @Test
    default void a_piece_that_cannot_be_read_makes_no_object() throws Exception {
        Content broken = new Content() {
            @Override
            public long lengthBytes() {
                return 10;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                throw new IOException("a bad sector");
            }
        };
        Piece.Range range = source("compose/good");
        assertThat(failure(store().compose(
                                new ComposeObject(put("compose/broken"), List.of(range, new Piece.Bytes(broken))))))
                .isInstanceOf(StoreException.Unreadable.class)
                .hasMessageContaining("a bad sector");
        assertThat(await(store().head("compose/broken"))).isEmpty();
    }
}
