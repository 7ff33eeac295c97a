package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.ObjectStoreContract.text;
import static io.keepwatch.store.Stages.await;
import static io.keepwatch.store.Stages.failure;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.ComposeObject.Piece;
import io.keepwatch.store.FaultyS3Proxy.Fault;
import io.keepwatch.store.S3Options.Credentials;
import io.keepwatch.store.S3Options.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store does and says when the server, the network or a person is at fault. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3FaultTest {
    /** The SDK corrects its own clock by what a server says, for the whole process: so the server's clock is the true one. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final Clock clock = Clock.fixed(now.plus(Duration.ofMinutes(20)), ZoneOffset.UTC);

    /** The SDK's pool forgets some requests whose connection was refused, so a first answer may be a time-out. */
    private static final Timeouts HASTY =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(2));

    private EmbeddedS3 server;
    private FaultyS3Proxy proxy;
    private ObjectStore store;
    private final RequestLedger ledger = new RequestLedger();

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        server = EmbeddedS3.start(directory);
        proxy = new FaultyS3Proxy(server.options().endpoint().orElseThrow());
        store = new S3ObjectStore(options(), ledger, clock);
    }

    @AfterAll
    void stop() throws IOException {
        store.close();
        proxy.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        proxy.forget();
        ledger.drain();
    }

    private S3Options options() {
        return TestOptions.endpoint(server.options(), proxy.endpoint());
    }

    @Test
    void a_busy_server_is_asked_again_and_each_try_is_counted() throws Exception {
        proxy.next(2, 503, "SlowDown", "");
        await(store.put(put("busy"), text("body")));
        assertThat(ledger.snapshot().of(RequestClass.PUT)).isEqualTo(3);
        assertThat(proxy.requests()).isEqualTo(3);
    }

    @Test
    void a_server_that_stays_busy_is_throttling() throws Exception {
        proxy.next(3, 503, "SlowDown", "");
        assertThat(failure(store.put(put("busy"), text("body"))))
                .asInstanceOf(type(StoreException.Transient.class))
                .matches(StoreException.Transient::isThrottling)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("\"busy\"", "\"keepwatch\"", proxy.endpoint().toString(), "SlowDown");
        assertThat(proxy.requests()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|AccessDenied|s3:PutObject",
                "403|InvalidAccessKeyId|access key id",
                "403|SignatureDoesNotMatch|secret key",
                "403|RequestTimeTooSkewed|by 20m (it is fast); set the time, for example with NTP",
                "400|ExpiredToken|renew it",
                "404|NoSuchBucket|create it",
                "301|PermanentRedirect|set region: eu-west-1",
                "400|InvalidStorageClass|storage class",
                "400|KMS.DisabledException|KMS key",
                "501|NotImplemented|does not know this request",
            })
    void what_a_person_must_do_is_said(int status, String code, String advice) throws Exception {
        proxy.next(
                3,
                status,
                code,
                "Date: " + RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC))
                        + "\r\nx-amz-bucket-region: eu-west-1\r\n");
        assertThat(failure(store.put(put("a"), text("body"))))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining(code)
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @CsvSource({"500,InternalError", "409,ConditionalRequestConflict", "400,RequestTimeout"})
    void what_passes_by_itself_is_transient(int status, String code) throws Exception {
        proxy.next(3, status, code, "");
        assertThat(failure(store.put(put("a"), text("body"))))
                .isInstanceOf(StoreException.Transient.class)
                .hasMessageContaining(code);
    }

    @Test
    void a_lost_answer_to_a_conditional_put_is_not_another_writer() throws Exception {
        proxy.next(new Fault.LoseReply());
        ObjectInfo put = await(store.put(new PutObject("lost", Map.of("a", "1"), true), text("body")));
        assertThat(put).isEqualTo(await(store.head("lost")).orElseThrow());
        assertThat(failure(store.put(new PutObject("lost", Map.of("a", "1"), true), text("body"))))
                .isInstanceOf(StoreException.AlreadyExists.class);
    }

    @Test
    void a_server_that_copies_no_ranges_says_so_once_and_the_upload_is_aborted() throws Exception {
        Piece.Range range = sevenMib("ranges");
        proxy.next(new Fault.Delay(Duration.ZERO));
        proxy.next(1, 501, "NotImplemented", "");
        assertThat(failure(store.compose(new ComposeObject(put("composed"), List.of(range)))))
                .isInstanceOf(StoreException.Unsupported.class)
                .hasMessageContaining("\"composed\"");
        assertThat(ledger.snapshot().of(RequestClass.COPY)).isEqualTo(1);
        assertThat(ledger.snapshot().of(RequestClass.DELETE)).isEqualTo(1);
    }

    @Test
    void a_server_that_takes_the_copy_of_a_range_for_an_empty_part_is_caught() throws Exception {
        Piece.Range range = sevenMib("taken-for-a-part");
        proxy.next(new Fault.Delay(Duration.ZERO));
        proxy.next(new Fault.Answer(200, "ETag: \"d41d8cd98f00b204e9800998ecf8427e\"\r\n", ""));
        assertThat(failure(store.compose(new ComposeObject(put("composed"), List.of(range)))))
                .isInstanceOf(StoreException.Unsupported.class)
                .hasMessageContaining("UploadPartCopy");
        assertThat(await(store.head("composed"))).isEmpty();
    }

    @Test
    void a_copy_of_another_content_is_found_out_though_the_server_ignores_the_condition() throws Exception {
        String etag = "c".repeat(32);
        String answer = "<CopyObjectResult><ETag>" + "d".repeat(32) + "</ETag></CopyObjectResult>";
        proxy.next(new Fault.Answer(200, "", answer));
        assertThat(failure(store.copy(new CopyObject("a", '"' + etag + '"', "b", Map.of()))))
                .isInstanceOf(StoreException.SourceChanged.class);
        proxy.next(new Fault.Answer(200, "", answer));
        assertThat(await(store.copy(new CopyObject("a", "\"" + "d".repeat(32) + "\"", "b", Map.of())))
                        .etag())
                .isEqualTo('"' + "d".repeat(32) + '"');
    }

    @Test
    void a_lost_answer_to_the_end_of_a_composition_is_found_out() throws Exception {
        Piece.Range range = sevenMib("whole");
        proxy.next(new Fault.Delay(Duration.ZERO));
        proxy.next(new Fault.Delay(Duration.ZERO));
        proxy.next(new Fault.LoseReply());
        ObjectInfo composed = await(
                store.compose(new ComposeObject(new PutObject("lost-end", Map.of("a", "1"), true), List.of(range))));
        assertThat(await(store.head("lost-end"))).contains(composed);
        assertThat(ledger.snapshot().of(RequestClass.POST)).isEqualTo(3);
    }

    private Piece.Range sevenMib(String key) throws Exception {
        int bytes = 7 << 20;
        ObjectInfo source = await(store.put(put(key), new MemoryContent(new byte[bytes])));
        ledger.drain();
        return new Piece.Range(key, source.etag(), 0, bytes);
    }

    @Test
    void a_server_that_stored_something_else_is_caught() throws Exception {
        proxy.next(new Fault.Answer(200, "ETag: \"00000000000000000000000000000000\"\r\n", ""));
        assertThat(failure(store.put(put("damaged"), text("body"))))
                .isInstanceOf(StoreException.Transient.class)
                .hasMessageContaining("stored something else under \"damaged\"");
    }

    @Test
    void a_byte_that_changes_on_the_way_is_never_reported_as_stored() throws Exception {
        for (int i = 0; i < 3; i++) {
            proxy.next(new Fault.FlipByte());
        }
        assertThat(failure(store.put(put("flipped"), text("a body of some length"))))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void the_time_is_the_servers_though_the_local_clock_is_wrong() throws Exception {
        try (ObjectStore fresh = new S3ObjectStore(options(), ledger, clock)) {
            assertThat(fresh.serverTime()).isEmpty();
            proxy.next(new Fault.Answer(
                    403, "Date: " + RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)) + "\r\n", "no"));
            assertThat(failure(fresh.head("a"))).isInstanceOf(StoreException.Permanent.class);
            assertThat(fresh.serverTime()).contains(now);
        }
    }

    @Test
    void a_server_that_is_down_refuses_and_is_used_again_when_it_is_up() throws Exception {
        proxy.goDown();
        try (ObjectStore waiting = new S3ObjectStore(TestOptions.timeouts(options(), HASTY), ledger, clock)) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(failure(waiting.head("a")))
                            .isInstanceOf(StoreException.Transient.class)
                            .hasMessageContaining("refused"));
            proxy.comeUp();
            assertThat(await(waiting.head("a"))).isEmpty();
        }
    }

    @Test
    void a_server_that_is_silent_ends_in_a_time_out() throws Exception {
        for (int i = 0; i < 3; i++) {
            proxy.next(new Fault.Delay(Duration.ofSeconds(4)));
        }
        try (ObjectStore impatient = new S3ObjectStore(TestOptions.timeouts(options(), HASTY), ledger, clock)) {
            assertThat(failure(impatient.head("a")))
                    .isInstanceOf(StoreException.Transient.class)
                    .hasMessageContaining("no answer in time");
        }
    }

    @Test
    void a_host_that_nobody_knows_is_named() throws Exception {
        S3Options nowhere = TestOptions.timeouts(
                TestOptions.endpoint(server.options(), URI.create("http://s3.nowhere.invalid")), HASTY);
        try (ObjectStore lost = new S3ObjectStore(nowhere, ledger, clock)) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(failure(lost.head("a")))
                            .isInstanceOf(StoreException.Transient.class)
                            .hasMessageContaining("s3.nowhere.invalid")
                            .hasMessageContaining("the host name is not known"));
        }
    }

    @Test
    void a_missing_bucket_is_named() throws Exception {
        try (ObjectStore lost = new S3ObjectStore(TestOptions.bucket(options(), "no-such-bucket"), ledger, clock)) {
            assertThat(failure(lost.put(put("a"), text("body"))))
                    .isInstanceOf(StoreException.Permanent.class)
                    .hasMessageContaining("\"no-such-bucket\"")
                    .hasMessageContaining("create it");
        }
    }

    @Test
    void a_wrong_secret_key_is_told_from_a_wrong_key_id() throws Exception {
        Credentials.Static right = (Credentials.Static) server.options().credentials();
        S3Options wrong = TestOptions.credentials(options(), new Credentials.Static(right.accessKeyId(), "wrong"));
        try (ObjectStore refused = new S3ObjectStore(wrong, ledger, clock)) {
            assertThat(failure(refused.put(put("a"), text("body"))))
                    .isInstanceOf(StoreException.Permanent.class)
                    .hasMessageContaining("the secret key is not the one of this access key id")
                    .hasMessageNotContaining("\"wrong\"");
        }
    }

    @Test
    void a_credentials_file_that_is_missing_is_named_and_read_once_it_is_there(@TempDir Path home) throws Exception {
        Path file = home.resolve("credentials");
        Credentials.Static right = (Credentials.Static) server.options().credentials();
        S3Options fromFile = TestOptions.credentials(options(), new Credentials.CredentialsFile(file));
        try (ObjectStore waiting = new S3ObjectStore(fromFile, ledger, clock)) {
            assertThat(failure(waiting.head("a")))
                    .isInstanceOf(StoreException.Permanent.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("aws_access_key_id");
            Files.writeString(
                    file,
                    "[default]\naws_access_key_id = " + right.accessKeyId() + "\naws_secret_access_key = "
                            + right.secretKey() + "\n");
            assertThat(await(waiting.head("a"))).isEmpty();
        }
    }
}
