package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.ObjectStoreContract.text;
import static io.keepwatch.store.Stages.await;
import static io.keepwatch.store.Stages.failure;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.FaultyS3Proxy.Fault;
import io.keepwatch.store.S3Options.Credentials;
import io.keepwatch.store.S3Options.Multipart;
import io.keepwatch.store.S3Options.ObjectLock;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a server that has Object Lock, and what is said of one that has not. */
class ObjectLockTest {
    private static final ObjectLock LOCK = new ObjectLock(ObjectLock.Mode.GOVERNANCE, 30);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Clock fast = Clock.fixed(now.plus(Duration.ofDays(1)), ZoneOffset.UTC);
    private final RequestLedger ledger = new RequestLedger();
    private FaultyS3Proxy server;
    private ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = new FaultyS3Proxy(null);
        store = new S3ObjectStore(options(), ledger, fast);
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.close();
    }

    private S3Options options() {
        S3Options plain = TestOptions.credentials(
                TestOptions.endpoint(S3Options.of("bucket"), server.endpoint()),
                new Credentials.Static("id", "secret"));
        Multipart small = new Multipart(new ByteSize(1), new ByteSize(5 << 20));
        return TestOptions.locked(TestOptions.multipart(plain, small), LOCK);
    }

    private void answer(int status, String headers, String body) {
        server.next(new Fault.Answer(
                status, "Date: " + RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)) + "\r\n" + headers, body));
    }

    private static void isLocked(String request, Instant until) {
        assertThat(request.toLowerCase(Locale.ROOT))
                .contains("\r\nx-amz-object-lock-mode: governance\r\n")
                .contains("\r\nx-amz-object-lock-retain-until-date: "
                        + until.toString().toLowerCase(Locale.ROOT) + "\r\n");
    }

    @Test
    void a_put_is_locked_from_the_servers_time_on() throws Exception {
        answer(200, "ETag: \"d41d8cd98f00b204e9800998ecf8427e\"\r\n", "");
        answer(200, "ETag: \"d41d8cd98f00b204e9800998ecf8427e\"\r\n", "");
        await(store.put(put("a"), text("")));
        await(store.put(put("a"), text("")));
        List<String> seen = server.seen();
        isLocked(seen.get(0), fast.instant().plus(Duration.ofDays(30)));
        isLocked(seen.get(1), now.plus(Duration.ofDays(30)));
    }

    @Test
    void an_upload_in_parts_is_locked_when_it_begins() throws Exception {
        answer(200, "", "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>");
        answer(403, "", "");
        answer(204, "", "");
        assertThat(failure(store.put(put("a"), new MemoryContent(new byte[2]))))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("s3:PutObjectRetention");
        isLocked(server.seen().get(0), fast.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void a_copy_is_locked_like_a_new_object() throws Exception {
        answer(200, "", "<CopyObjectResult><ETag>\"2\"</ETag></CopyObjectResult>");
        await(store.copy(new CopyObject("a", "\"1\"", "b", Map.of())));
        isLocked(server.seen().get(0), fast.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void a_lock_is_extended_by_one_request_that_is_counted() throws Exception {
        answer(200, "", "");
        await(store.extendLock("a b", Instant.parse("2030-01-02T03:04:05Z")));
        assertThat(server.seen())
                .singleElement()
                .asString()
                .startsWith("PUT /bucket/a%20b?retention")
                .contains("<Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-02T03:04:05Z</RetainUntilDate>");
        assertThat(ledger.snapshot().of(RequestClass.PUT)).isEqualTo(1);
        assertThat(ledger.snapshot().total()).isEqualTo(1);
    }

    @Test
    void an_object_that_is_gone_is_told_from_a_bucket_without_locks() throws Exception {
        server.next(1, 404, "NoSuchKey", "");
        assertThat(failure(store.extendLock("a", now))).isInstanceOf(StoreException.SourceChanged.class);
    }

    @ParameterizedTest
    @CsvSource({"400,InvalidRequest", "501,NotImplemented", "405,MethodNotAllowed"})
    void a_bucket_without_object_lock_is_named(int status, String code) throws Exception {
        server.next(2, status, code, "");
        assertThat(failure(store.put(put("a"), text(""))))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("the bucket has no Object Lock");
        assertThat(failure(store.extendLock("a", now)))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining("cannot lock \"a\" in bucket \"bucket\"")
                .hasMessageContaining("remove object_lock");
    }

    @Test
    void nothing_is_locked_unless_the_settings_say_so() throws Exception {
        S3Options unlocked = TestOptions.credentials(
                TestOptions.endpoint(S3Options.of("bucket"), server.endpoint()),
                new Credentials.Static("id", "secret"));
        try (ObjectStore plain = new S3ObjectStore(unlocked, ledger, fast)) {
            answer(200, "ETag: \"d41d8cd98f00b204e9800998ecf8427e\"\r\n", "");
            await(plain.put(put("a"), text("")));
            assertThat(server.seen()).singleElement().asString().doesNotContainIgnoringCase("object-lock");
            assertThat(failure(plain.extendLock("a", now)))
                    .isInstanceOf(StoreException.Permanent.class)
                    .hasMessageContaining("have no object_lock");
        }
        assertThat(server.requests()).isEqualTo(1);
    }
}
