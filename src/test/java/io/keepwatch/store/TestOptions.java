package io.keepwatch.store;

import io.keepwatch.store.S3Options.ChecksumMode;
import io.keepwatch.store.S3Options.Credentials;
import io.keepwatch.store.S3Options.Multipart;
import io.keepwatch.store.S3Options.ObjectLock;
import io.keepwatch.store.S3Options.Sse;
import io.keepwatch.store.S3Options.Timeouts;
import java.net.URI;
import java.util.Optional;

/** Options that differ in one thing. */
public final class TestOptions {
    private TestOptions() {}

    public static S3Options endpoint(S3Options from, URI endpoint) {
        return of(
                from,
                Optional.of(endpoint),
                from.bucket(),
                from.credentials(),
                from.sse(),
                from.checksumMode(),
                from.multipart(),
                from.timeouts());
    }

    static S3Options bucket(S3Options from, String bucket) {
        return of(
                from,
                from.endpoint(),
                bucket,
                from.credentials(),
                from.sse(),
                from.checksumMode(),
                from.multipart(),
                from.timeouts());
    }

    static S3Options credentials(S3Options from, Credentials credentials) {
        return of(
                from,
                from.endpoint(),
                from.bucket(),
                credentials,
                from.sse(),
                from.checksumMode(),
                from.multipart(),
                from.timeouts());
    }

    static S3Options sse(S3Options from, Sse sse) {
        return of(
                from,
                from.endpoint(),
                from.bucket(),
                from.credentials(),
                sse,
                from.checksumMode(),
                from.multipart(),
                from.timeouts());
    }

    static S3Options checksums(S3Options from, ChecksumMode mode) {
        return of(
                from,
                from.endpoint(),
                from.bucket(),
                from.credentials(),
                from.sse(),
                mode,
                from.multipart(),
                from.timeouts());
    }

    static S3Options multipart(S3Options from, Multipart multipart) {
        return of(
                from,
                from.endpoint(),
                from.bucket(),
                from.credentials(),
                from.sse(),
                from.checksumMode(),
                multipart,
                from.timeouts());
    }

    static S3Options timeouts(S3Options from, Timeouts timeouts) {
        return of(
                from,
                from.endpoint(),
                from.bucket(),
                from.credentials(),
                from.sse(),
                from.checksumMode(),
                from.multipart(),
                timeouts);
    }

    static S3Options locked(S3Options from, ObjectLock lock) {
        return of(
                from,
                from.endpoint(),
                from.bucket(),
                from.credentials(),
                from.sse(),
                Optional.of(lock),
                from.checksumMode(),
                from.multipart(),
                from.timeouts());
    }

    private static S3Options of(
            S3Options from,
            Optional<URI> endpoint,
            String bucket,
            Credentials credentials,
            Sse sse,
            ChecksumMode checksums,
            Multipart multipart,
            Timeouts timeouts) {
        return of(from, endpoint, bucket, credentials, sse, from.objectLock(), checksums, multipart, timeouts);
    }

    private static S3Options of(
            S3Options from,
            Optional<URI> endpoint,
            String bucket,
            Credentials credentials,
            Sse sse,
            Optional<ObjectLock> lock,
            ChecksumMode checksums,
            Multipart multipart,
            Timeouts timeouts) {
        return new S3Options(
                endpoint,
                from.region(),
                bucket,
                from.prefix(),
                from.pathStyle(),
                credentials,
                sse,
                from.storageClass(),
                lock,
                checksums,
                from.maxConcurrency(),
                multipart,
                timeouts);
    }
}
