package io.keepwatch.store;

import io.keepwatch.store.S3Options.Credentials;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** Builds the SDK's client from our options. It takes about two seconds, so the store does it at its first request. */
final class S3Clients {
    /** The only layer of quick retries, with the SDK's backoff and jitter; longer outages are the caller's matter. */
    private static final int ATTEMPTS = 3;

    /** An upload in parts has so many under way, so a call never waits for a connection that another one holds. */
    private static final int CONNECTIONS_PER_CALL = MultipartUpload.LANES;

    private S3Clients() {}

    static S3AsyncClient build(S3Options options, RequestLedger ledger, ServerClock clock) {
        boolean checksums = options.sendsChecksums();
        S3AsyncClientBuilder builder = S3AsyncClient.builder()
                .credentialsProvider(credentials(options.credentials()))
                .forcePathStyle(options.usesPathStyle())
                .requestChecksumCalculation(
                        checksums
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        checksums
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(ATTEMPTS)
                                        .build())
                                .addExecutionInterceptor(new LedgerInterceptor(ledger))
                                .addExecutionInterceptor(new ServerClockInterceptor(clock)))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(options.maxConcurrency() * CONNECTIONS_PER_CALL)
                        // The SDK's pool forgets about 7 in 100 requests whose connection was refused (300 tries); this
                        // wait, a connect and a TLS handshake long, is what then ends them, and no connection is lost.
                        .connectionAcquisitionTimeout(
                                options.timeouts().connect().multipliedBy(2))
                        .connectionTimeout(options.timeouts().connect())
                        .tlsNegotiationTimeout(options.timeouts().connect())
                        .readTimeout(options.timeouts().idle())
                        .writeTimeout(options.timeouts().idle()));
        options.endpoint().ifPresent(builder::endpointOverride);
        options.region()
                .or(() -> options.endpoint().map(endpoint -> "us-east-1").filter(region -> !options.isAws()))
                .map(Region::of)
                .ifPresent(builder::region);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(Credentials credentials) {
        if (credentials instanceof Credentials.Profile profile) {
            return ProfileCredentialsProvider.create(profile.name());
        }
        if (credentials instanceof Credentials.CredentialsFile file) {
            return new FileCredentials(file.path());
        }
        if (credentials instanceof Credentials.Static keys) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.accessKeyId(), keys.secretKey()));
        }
        return DefaultCredentialsProvider.builder().build();
    }
}
