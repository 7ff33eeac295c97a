package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.ObjectStoreContract.text;
import static io.keepwatch.store.Stages.await;
import static io.keepwatch.store.Stages.failure;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.store.S3Options.Multipart;
import io.keepwatch.store.S3Options.ObjectLock;
import io.keepwatch.store.S3Options.Sse;
import io.keepwatch.unit.ByteSize;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The contracts on a server that runs by itself, and what the embedded one lacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreOnRealS3Test implements ObjectStoreContract, ComposeContract {
    private final RequestLedger ledger = new RequestLedger();

    @SuppressWarnings("NullAway.Init")
    private S3Options options;

    @SuppressWarnings("NullAway.Init")
    private ObjectStore store;

    @BeforeAll
    void makeBucket() throws Exception {
        options = RealS3.newBucket();
        store = new S3ObjectStore(options, ledger, Clock.systemUTC());
    }

    @AfterAll
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public RequestLedger ledger() {
        return ledger;
    }

    @Override
    public void assumeHas(String feature) {
        RealS3.assumeHas(feature);
    }

    private static HeadObjectResponse head(S3Options options, String key) throws Exception {
        try (S3AsyncClient client = S3Clients.build(options, new RequestLedger(), new ServerClock(Clock.systemUTC()))) {
            return client.headObject(head -> head.bucket(options.bucket()).key(key))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static void store(S3Options options, String key, int bytes) throws Exception {
        Multipart small = new Multipart(new ByteSize(6 << 20), new ByteSize(5 << 20));
        try (ObjectStore store =
                new S3ObjectStore(TestOptions.multipart(options, small), new RequestLedger(), Clock.systemUTC())) {
            byte[] content = ComposeContract.random(bytes);
            ObjectInfo info = await(store.put(put(key), new MemoryContent(content)));
            assertThat(await(store.head(key))).contains(info);
            try (ObjectStream read = await(store.get(GetObject.whole(key))).orElseThrow()) {
                assertThat(read.body().readAllBytes()).isEqualTo(content);
            }
        }
    }

    private static void copy(S3Options options, String key) throws Exception {
        try (ObjectStore store = new S3ObjectStore(options, new RequestLedger(), Clock.systemUTC())) {
            ObjectInfo info = await(store.head(key)).orElseThrow();
            await(store.copy(new CopyObject(key, info.etag(), key + "-copy", Map.of())));
        }
    }

    @Test
    void the_server_encrypts_with_its_own_key() throws Exception {
        RealS3.assumeHas("sse-s3");
        S3Options encrypted = TestOptions.sse(options, new Sse.Aes256());
        store(encrypted, "sse/small", 10);
        store(encrypted, "sse/parts", 11 << 20);
        copy(encrypted, "sse/small");
        for (String key : new String[] {"sse/small", "sse/small-copy", "sse/parts"}) {
            assertThat(head(encrypted, key).serverSideEncryption()).as(key).isEqualTo(ServerSideEncryption.AES256);
        }
    }

    @Test
    void the_server_encrypts_with_a_key_of_its_kms() throws Exception {
        S3Options encrypted = TestOptions.sse(options, new Sse.Kms(Optional.of(RealS3.kmsKey())));
        store(encrypted, "kms/small", 10);
        store(encrypted, "kms/parts", 11 << 20);
        for (String key : new String[] {"kms/small", "kms/parts"}) {
            HeadObjectResponse head = head(encrypted, key);
            assertThat(head.serverSideEncryption()).as(key).isEqualTo(ServerSideEncryption.AWS_KMS);
            assertThat(head.ssekmsKeyId()).isEqualTo(RealS3.kmsKey());
        }
    }

    @Test
    void a_new_object_is_locked_and_the_lock_is_extended() throws Exception {
        S3Options locking =
                TestOptions.locked(RealS3.newBucketWithObjectLock(), new ObjectLock(ObjectLock.Mode.GOVERNANCE, 1));
        store(locking, "locked/small", 10);
        HeadObjectResponse head = head(locking, "locked/small");
        assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
        assertThat(head.objectLockRetainUntilDate())
                .isBetween(Instant.now().plus(23, HOURS), Instant.now().plus(2, DAYS));
        Instant until = Instant.now().plus(5, DAYS).truncatedTo(SECONDS);
        try (ObjectStore store = new S3ObjectStore(locking, new RequestLedger(), Clock.systemUTC())) {
            await(store.extendLock("locked/small", until));
            assertThat(head(locking, "locked/small").objectLockRetainUntilDate())
                    .isEqualTo(until);
            assertThat(failure(store.extendLock("locked/none", until)))
                    .isInstanceOf(StoreException.SourceChanged.class);
        }
    }

    @Test
    void a_copy_is_encrypted_with_a_key_of_the_kms() throws Exception {
        RealS3.assumeHas("kms-copy");
        S3Options encrypted = TestOptions.sse(options, new Sse.Kms(Optional.of(RealS3.kmsKey())));
        store(encrypted, "kms/source", 10);
        copy(encrypted, "kms/source");
        assertThat(head(encrypted, "kms/source-copy").serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
    }

    @Test
    void an_object_that_was_sent_in_parts_is_locked() throws Exception {
        RealS3.assumeHas("lock-parts");
        S3Options locking =
                TestOptions.locked(RealS3.newBucketWithObjectLock(), new ObjectLock(ObjectLock.Mode.GOVERNANCE, 1));
        store(locking, "locked/parts", 11 << 20);
        assertThat(head(locking, "locked/parts").objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
    }

    @Test
    void a_copy_is_locked() throws Exception {
        RealS3.assumeHas("lock-copy");
        S3Options locking =
                TestOptions.locked(RealS3.newBucketWithObjectLock(), new ObjectLock(ObjectLock.Mode.GOVERNANCE, 1));
        store(locking, "locked/source", 10);
        copy(locking, "locked/source");
        assertThat(head(locking, "locked/source-copy").objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
    }

    @Test
    void a_bucket_without_object_lock_is_named() throws Exception {
        S3Options locking = TestOptions.locked(options, new ObjectLock(ObjectLock.Mode.GOVERNANCE, 1));
        try (ObjectStore store = new S3ObjectStore(locking, new RequestLedger(), Clock.systemUTC())) {
            assertThat(failure(store.put(put("unlocked/a"), text("body"))))
                    .isInstanceOf(StoreException.Permanent.class)
                    .hasMessageContaining("the bucket has no Object Lock");
        }
    }
}
