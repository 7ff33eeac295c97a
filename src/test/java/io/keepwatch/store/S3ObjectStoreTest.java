package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.ObjectStoreContract.text;
import static io.keepwatch.store.Stages.await;
import static io.keepwatch.store.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.Content;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.S3Options.ChecksumMode;
import io.keepwatch.store.S3Options.Multipart;
import io.keepwatch.store.S3Options.Sse;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The S3 store on the embedded server: the contract, and what only S3 has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectStoreTest implements ObjectStoreContract, ComposeContract {
    private final RequestLedger ledger = new RequestLedger();
    private EmbeddedS3 server;
    private ObjectStore store;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = EmbeddedS3.start(directory);
        store = new S3ObjectStore(server.options(), ledger, Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        store.close();
        server.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public RequestLedger ledger() {
        return ledger;
    }

    private ObjectStore inParts() {
        Multipart small = new Multipart(new ByteSize(6L * MIB), new ByteSize(5L * MIB));
        return new S3ObjectStore(TestOptions.multipart(server.options(), small), ledger, Clock.systemUTC());
    }

    @Test
    void a_store_that_is_not_used_makes_no_request() {
        RequestLedger idle = new RequestLedger();
        try (ObjectStore unused = new S3ObjectStore(server.options(), idle, Clock.systemUTC())) {
            assertThat(unused).isNotNull();
        }
        assertThat(idle.snapshot().total()).isZero();
    }

    @Test
    void a_large_content_travels_in_parts_that_are_counted() throws Exception {
        byte[] bytes = new byte[12 * MIB + 7];
        new Random(1).nextBytes(bytes);
        try (ObjectStore large = inParts()) {
            ledger.drain();
            ObjectInfo put =
                    await(large.put(new PutObject("parts/a", Map.of("a", "1"), true), new MemoryContent(bytes)));
            RequestCounts counts = ledger.snapshot();
            assertThat(counts.of(RequestClass.PUT)).isEqualTo(3);
            assertThat(counts.of(RequestClass.POST)).isEqualTo(2);
            assertThat(put.etag()).contains("-3");
            try (ObjectStream stream =
                    await(large.get(GetObject.whole("parts/a"))).orElseThrow()) {
                assertThat(stream.body().readAllBytes()).isEqualTo(bytes);
                assertThat(stream.info()).isEqualTo(put);
            }
        }
    }

    @Test
    void a_large_content_respects_a_key_that_is_taken() throws Exception {
        await(store.put(put("parts/taken"), text("first")));
        try (ObjectStore large = inParts()) {
            assertThat(failure(large.put(
                            new PutObject("parts/taken", Map.of(), true), new MemoryContent(new byte[7 * MIB]))))
                    .isInstanceOf(StoreException.AlreadyExists.class);
        }
        assertThat(await(store.head("parts/taken")).orElseThrow().sizeBytes()).isEqualTo(5);
    }

    @Test
    void a_large_content_that_breaks_is_aborted() throws Exception {
        Content broken = new Content() {
            @Override
            public long lengthBytes() {
                return 12L * MIB;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                if (offset >= 10L * MIB) {
                    throw new IOException("a bad sector");
                }
                return new MemoryContent(new byte[12 * MIB]).open(offset);
            }
        };
        try (ObjectStore large = inParts()) {
            ledger.drain();
            assertThat(failure(large.put(put("parts/broken"), broken)))
                    .isInstanceOf(StoreException.Unreadable.class)
                    .hasMessageContaining("a bad sector");
            assertThat(ledger.snapshot().of(RequestClass.DELETE)).isEqualTo(1);
        }
        assertThat(await(store.head("parts/broken"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ChecksumMode.class)
    void every_checksum_mode_stores_what_was_sent(ChecksumMode mode) throws Exception {
        try (ObjectStore checked =
                new S3ObjectStore(TestOptions.checksums(server.options(), mode), ledger, Clock.systemUTC())) {
            String key = "checksum/" + mode;
            await(checked.put(put(key), text("body")));
            assertThat(ObjectStoreContract.read(store, GetObject.whole(key))).isEqualTo("body");
            await(checked.delete(List.of(key)));
            assertThat(await(store.head(key))).isEmpty();
        }
    }

    @Test
    void a_header_that_the_server_does_not_know_is_named() throws Exception {
        try (ObjectStore encrypted =
                new S3ObjectStore(TestOptions.sse(server.options(), new Sse.Aes256()), ledger, Clock.systemUTC())) {
            assertThat(failure(encrypted.put(put("sse/a"), text("body"))))
                    .isInstanceOf(StoreException.Permanent.class)
                    .hasMessageContaining("501")
                    .hasMessageContaining("turn the server-side encryption off");
        }
    }

    @Test
    void closing_a_stream_early_leaves_the_store_usable() throws Exception {
        await(store.put(put("early/a"), new MemoryContent(new byte[4 * MIB])));
        try (ObjectStream stream = await(store.get(GetObject.whole("early/a"))).orElseThrow()) {
            assertThat(stream.body().read()).isZero();
        }
        assertThat(await(store.head("early/a"))).isPresent();
    }

    @Test
    void a_closed_store_fails_as_transient() throws Exception {
        ObjectStore closed = new S3ObjectStore(server.options(), ledger, Clock.systemUTC());
        closed.close();
        assertThat(failure(closed.head("a"))).isInstanceOf(StoreException.Transient.class);
    }
}
