package io.keepwatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.store.S3Options.Credentials;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A new bucket on the S3 server that {@code KEEPWATCH_TEST_S3_ENDPOINT}, {@code _ACCESS_KEY} and {@code _SECRET_KEY} name,
 * for tests that are skipped where there is none. The profile {@code ceph} insists on one. Buckets are left behind.
 */
public final class RealS3 {
    private RealS3() {}

    /** Options for a bucket that was made for this call. */
    public static S3Options newBucket() throws Exception {
        return newBucket(false);
    }

    static S3Options newBucketWithObjectLock() throws Exception {
        return newBucket(true);
    }

    /** The id of a key that the server's KMS has. */
    static String kmsKey() {
        return variable("KMS_KEY");
    }

    /** Skips what {@code KEEPWATCH_TEST_S3_LACKS} names, a list of words; what a server lacks stands beside its script. */
    static void assumeHas(String feature) {
        List<String> lacks = List.of(Optional.ofNullable(System.getenv("KEEPWATCH_TEST_S3_LACKS"))
                .orElse("")
                .split(" "));
        assumeTrue(!lacks.contains(feature), "this server is known to lack " + feature);
    }

    private static S3Options newBucket(boolean locks) throws Exception {
        String endpoint = variable("ENDPOINT");
        S3Options options = TestOptions.credentials(
                TestOptions.endpoint(S3Options.of("keepwatch-" + UUID.randomUUID()), URI.create(endpoint)),
                new Credentials.Static(variable("ACCESS_KEY"), variable("SECRET_KEY")));
        try (S3AsyncClient client = S3Clients.build(options, new RequestLedger(), new ServerClock(Clock.systemUTC()))) {
            client.createBucket(
                            create -> create.bucket(options.bucket()).objectLockEnabledForBucket(locks ? true : null))
                    .get(60, TimeUnit.SECONDS);
        }
        return options;
    }

    private static String variable(String name) {
        String variable = "KEEPWATCH_TEST_S3_" + name;
        Optional<String> value = Optional.ofNullable(System.getenv(variable));
        String advice = variable + " is not set: run this as src/test/ceph/radosgw.sh ./mvnw -P ceph test";
        if (Boolean.getBoolean("keepwatch.real-s3")) {
            assertThat(value).as(advice).isPresent();
        }
        assumeTrue(value.isPresent(), advice);
        return value.orElseThrow();
    }
}
