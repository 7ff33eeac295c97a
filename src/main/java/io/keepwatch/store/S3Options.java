package io.keepwatch.store;

import io.keepwatch.unit.ByteSize;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the bucket is and how to speak to it; values only, nothing is opened. {@code prefix} is put before keys by the
 * layout, not by the store. Without an endpoint the store is AWS; without a region the AWS SDK's places are looked at
 * (environment, profile, instance), or {@code us-east-1} is taken where an endpoint is set. {@code maxConcurrency}: the
 * calls that a caller makes at a time, streams that are being read included; an upload in parts opens up to four
 * connections.
 */
public record S3Options(
        Optional<URI> endpoint,
        Optional<String> region,
        String bucket,
        String prefix,
        PathStyle pathStyle,
        Credentials credentials,
        Sse sse,
        Optional<String> storageClass,
        Optional<ObjectLock> objectLock,
        ChecksumMode checksumMode,
        int maxConcurrency,
        Multipart multipart,
        Timeouts timeouts) {
    public static final int DEFAULT_MAX_CONCURRENCY = 16;

    public S3Options {
        if (bucket.length() < 3 || bucket.length() > 255) {
            throw new IllegalArgumentException("a bucket name has 3 to 63 characters, but this is \"" + bucket + "\"");
        }
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException("at least 1 connection is needed, but this is " + maxConcurrency);
        }
    }

    /** A bucket on AWS with everything else left at its default. */
    public static S3Options of(String bucket) {
        return new S3Options(
                Optional.empty(),
                Optional.empty(),
                bucket,
                "",
                PathStyle.AUTO,
                new Credentials.DefaultChain(),
                new Sse.None(),
                Optional.empty(),
                Optional.empty(),
                ChecksumMode.AUTO,
                DEFAULT_MAX_CONCURRENCY,
                Multipart.DEFAULT,
                Timeouts.DEFAULT);
    }

    public boolean isAws() {
        return endpoint.map(URI::getHost)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .map(host -> host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"))
                .orElse(true);
    }

    boolean usesPathStyle() {
        return pathStyle == PathStyle.ALWAYS || (pathStyle == PathStyle.AUTO && !isAws());
    }

    boolean sendsChecksums() {
        return checksumMode == ChecksumMode.WHEN_SUPPORTED || (checksumMode == ChecksumMode.AUTO && isAws());
    }

    /** The endpoint as messages name it. */
    String where() {
        return endpoint.map(URI::toString)
                .orElseGet(() -> "AWS" + region.map(name -> " " + name).orElse(""));
    }

    /** Whether the bucket stands in the path or in the host name. AUTO: in the path unless the store is AWS. */
    public enum PathStyle {
        AUTO,
        ALWAYS,
        NEVER
    }

    /**
     * Whether requests carry the SDK's CRC32 trailers. AUTO: only for AWS, because some Ceph and MinIO versions store or
     * refuse them.
     */
    public enum ChecksumMode {
        AUTO,
        WHEN_SUPPORTED,
        WHEN_REQUIRED
    }

    /** Who asks. Secrets are never part of a text. */
    public sealed interface Credentials {
        /** The AWS SDK's places in order: Java properties, environment, profile, container, instance. */
        record DefaultChain() implements Credentials {}

        /** A profile of {@code ~/.aws/config} and {@code ~/.aws/credentials}. */
        record Profile(String name) implements Credentials {}

        /** The profile {@code default} of a file in the AWS credentials format; read again whenever it changes. */
        record CredentialsFile(Path path) implements Credentials {}

        /** A key pair held in memory, for the embedded server. */
        record Static(String accessKeyId, String secretKey) implements Credentials {
            @Override
            public String toString() {
                return "Static[accessKeyId=" + accessKeyId + "]";
            }
        }
    }

    /** Encryption by the server. The server holds the keys; this is independent of encryption before the upload. */
    public sealed interface Sse {
        /** No header is sent; the bucket's own default applies. */
        record None() implements Sse {}

        record Aes256() implements Sse {}

        /** Without a key id the account's AWS-managed key is used. */
        record Kms(Optional<String> keyId) implements Sse {}
    }

    /** New objects cannot be removed or replaced for so many days, versions that are older stay as they are. */
    public record ObjectLock(Mode mode, int days) {
        /** Whether somebody with a special right may remove them all the same. */
        public enum Mode {
            GOVERNANCE,
            COMPLIANCE
        }
    }

    /** A content larger than {@code threshold} travels in parts of {@code partSize} or more; at least 5 MiB on AWS. */
    public record Multipart(ByteSize threshold, ByteSize partSize) {
        public static final Multipart DEFAULT = new Multipart(new ByteSize(64L << 20), new ByteSize(16L << 20));

        /** The limit of S3 is 10,000 parts and 5 GiB in one PUT. */
        private static final int MOST_PARTS = 9_000;

        private static final long MOST_IN_ONE_PUT = 5L << 30;

        public Multipart {
            if (threshold.bytes() > MOST_IN_ONE_PUT) {
                throw new IllegalArgumentException(
                        "S3 takes at most 5 GiB in one PUT, but the threshold is " + threshold);
            }
            if (partSize.bytes() < (5L << 20) || partSize.bytes() > MOST_IN_ONE_PUT) {
                throw new IllegalArgumentException("a part has 5 MiB to 5 GiB, but this is " + partSize);
            }
        }

        /** Grows with the content, so that there are never more than 9,000 parts. */
        long partBytes(long contentBytes) {
            return Math.max(partSize.bytes(), (contentBytes + MOST_PARTS - 1) / MOST_PARTS);
        }
    }

    /**
     * {@code idle}: nothing moved on a connection for so long. {@code request}: one attempt of a request without a body
     * (a head, a page of a list). Uploads have no total limit, because the bandwidth may be limited.
     */
    public record Timeouts(Duration connect, Duration idle, Duration request) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
}
