package io.keepwatch.store;

import io.keepwatch.store.S3Options.Sse;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The requests that make an object, each with the bucket's encryption and storage class. */
final class S3Requests {
    private final S3Options options;
    private final Optional<ServerSideEncryption> encryption;
    private final Optional<String> kmsKeyId;

    S3Requests(S3Options options) {
        this.options = options;
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
        return builder.build();
    }
}
