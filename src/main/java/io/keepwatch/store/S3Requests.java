package io.keepwatch.store;

import io.keepwatch.store.S3Options.ObjectLock;
import io.keepwatch.store.S3Options.Sse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRetentionRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The requests that make an object, each with the bucket's encryption, storage class and lock. */
final class S3Requests {
    private final S3Options options;
    private final Supplier<Instant> now;
    private final Optional<ServerSideEncryption> encryption;
    private final Optional<String> kmsKeyId;

    /** {@code now} is the time by which a lock is reckoned. */
    S3Requests(S3Options options, Supplier<Instant> now) {
        this.options = options;
        this.now = now;
        if (options.sse() instanceof Sse.Kms kms) {
            this.encryption = Optional.of(ServerSideEncryption.AWS_KMS);
            this.kmsKeyId = kms.keyId();
        } else {
            this.encryption =
                    options.sse() instanceof Sse.Aes256 ? Optional.of(ServerSideEncryption.AES256) : Optional.empty();
            this.kmsKeyId = Optional.empty();
        }
    }

    PutObjectRequest put(PutObject request) {
        PutObjectRequest.Builder builder = PutObjectRequest.builder()
                .bucket(options.bucket())
                .key(request.key())
                .metadata(request.metadata());
        options.storageClass().ifPresent(builder::storageClass);
        encryption.ifPresent(builder::serverSideEncryption);
        kmsKeyId.ifPresent(builder::ssekmsKeyId);
        options.objectLock()
                .ifPresent(lock -> builder.objectLockMode(lock.mode().name()).objectLockRetainUntilDate(until(lock)));
        if (request.onlyIfAbsent()) {
            builder.ifNoneMatch("*");
        }
        return builder.build();
    }

    CreateMultipartUploadRequest create(PutObject request) {
        CreateMultipartUploadRequest.Builder builder = CreateMultipartUploadRequest.builder()
                .bucket(options.bucket())
                .key(request.key())
                .metadata(request.metadata());
        options.storageClass().ifPresent(builder::storageClass);
        encryption.ifPresent(builder::serverSideEncryption);
        kmsKeyId.ifPresent(builder::ssekmsKeyId);
        options.objectLock()
                .ifPresent(lock -> builder.objectLockMode(lock.mode().name()).objectLockRetainUntilDate(until(lock)));
        return builder.build();
    }

    /** The SDK encodes the source for its header, whatever the key holds. */
    CopyObjectRequest copy(CopyObject request) {
        CopyObjectRequest.Builder builder = CopyObjectRequest.builder()
                .sourceBucket(options.bucket())
                .sourceKey(request.sourceKey())
                .copySourceIfMatch(request.sourceEtag())
                .destinationBucket(options.bucket())
                .destinationKey(request.key())
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(request.metadata());
        options.storageClass().ifPresent(builder::storageClass);
        encryption.ifPresent(builder::serverSideEncryption);
        kmsKeyId.ifPresent(builder::ssekmsKeyId);
        options.objectLock()
                .ifPresent(lock -> builder.objectLockMode(lock.mode().name()).objectLockRetainUntilDate(until(lock)));
        return builder.build();
    }

    PutObjectRetentionRequest retention(String key, Instant until) {
        ObjectLock lock = options.objectLock()
                .orElseThrow(() -> new StoreException.Permanent(
                        "object \"" + key + "\" cannot be locked: the settings of the store have no object_lock",
                        null));
        return PutObjectRetentionRequest.builder()
                .bucket(options.bucket())
                .key(key)
                .retention(retention -> retention.mode(lock.mode().name()).retainUntilDate(until))
                .build();
    }

    /** Whole seconds: not every server reads fractions. */
    private Instant until(ObjectLock lock) {
        return now.get().plus(Duration.ofDays(lock.days())).truncatedTo(ChronoUnit.SECONDS);
    }
}
