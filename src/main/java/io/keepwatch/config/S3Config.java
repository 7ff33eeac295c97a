package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One bucket.
 *
 * @param region empty: found by the AWS SDK
 * @param endpoint empty: AWS
 * @param prefix without slashes at its ends; may be empty
 * @param credentials empty: the SDK's own chain
 * @param sseKmsKey only with {@link Sse#AWS_KMS}
 */
public record S3Config(
        String bucket,
        Optional<String> region,
        Optional<URI> endpoint,
        String prefix,
        PathStyle pathStyle,
        Optional<CredentialsConfig> credentials,
        Sse sse,
        Optional<String> sseKmsKey,
        Optional<String> storageClass,
        Optional<ObjectLockConfig> objectLock,
        Checksum checksum) {
    /** Whether the bucket stands in the path of a URL instead of in the host name. */
    public enum PathStyle {
        AUTO,
        TRUE,
        FALSE
    }

    /** Encryption by the server. */
    public enum Sse {
        NONE,
        AES256,
        AWS_KMS;

        static Sse of(String word) {
            return word.equals("none") ? NONE : word.equals("AES256") ? AES256 : AWS_KMS;
        }
    }

    /** When the SDK adds a checksum to a request. */
    public enum Checksum {
        AUTO,
        WHEN_REQUIRED,
        WHEN_SUPPORTED
    }

    static final Key<String> BUCKET = Key.required(
            "bucket", Values.parsed("a bucket name", "my-backups", S3Names::bucket), "The bucket. It must exist.");
    static final Key<String> REGION = Key.optional(
            "region",
            Values.text(
                    "a region", "eu-central-1", Pattern.compile("[a-z0-9-]{1,63}"), "lower case, digits and hyphens"),
            "found as the AWS tools do",
            "The region of the bucket.");
    static final Key<URI> ENDPOINT = Key.optional(
            "endpoint",
            Values.parsed("a URL", "https://minio.example.net", S3Names::endpoint),
            "AWS",
            "The address of another S3 server, such as MinIO or Ceph.");
    static final Key<String> PREFIX = Key.of(
            "prefix",
            Values.parsed("a prefix", "keepwatch", S3Names::prefix),
            "keepwatch",
            "All keys begin with `<prefix>/<host>/`.");
    static final Key<PathStyle> PATH_STYLE = Key.of(
            "path_style",
            Values.choice(PathStyle.class),
            "auto",
            "Whether the bucket stands in the path of the URL. `auto`: not on AWS, yes on any other server.");
    static final Key<CredentialsConfig> CREDENTIALS = Key.optional(
            "credentials",
            CredentialsConfig.SECTION,
            "the default chain of the AWS SDK: environment, `~/.aws`, the machine's role",
            "Whose right to use the bucket. Secrets never stand in this file.");
    static final Key<Sse> SSE = Key.of(
            "sse",
            Values.choice(Sse::of, List.of("none", "AES256", "aws:kms")),
            "none",
            "Encryption by the server, asked for with each upload.");
    static final Key<String> SSE_KMS_KEY = Key.optional(
            "sse_kms_key",
            Values.text("arn:aws:kms:eu-central-1:111122223333:key/1234abcd"),
            "the key of the bucket",
            "The key for `sse: aws:kms`.");
    static final Key<String> STORAGE_CLASS = Key.optional(
            "storage_class",
            Values.text("a storage class", "STANDARD_IA", Pattern.compile("[A-Z][A-Z0-9_]{1,40}"), "upper case"),
            "that of the bucket",
            "The storage class of new objects.");
    static final Key<ObjectLockConfig> OBJECT_LOCK = Key.optional(
            "object_lock",
            ObjectLockConfig.SECTION,
            "none",
            "Keeps new objects from being removed for a while, whoever has the credentials. The bucket must have Object"
                    + " Lock, and so keep versions.");
    static final Key<Checksum> CHECKSUM = Key.of(
            "checksum",
            Values.choice(Checksum.class),
            "auto",
            "When requests carry a checksum. `auto`: `when_supported` on AWS, `when_required` on any other server,"
                    + " because some refuse the newer checksums.");
    static final Section<S3Config> SECTION = new Section<>(
            List.of(
                    BUCKET,
                    REGION,
                    ENDPOINT,
                    PREFIX,
                    PATH_STYLE,
                    CREDENTIALS,
                    SSE,
                    SSE_KMS_KEY,
                    STORAGE_CLASS,
                    OBJECT_LOCK,
                    CHECKSUM),
            CredentialsConfig.SECRETS,
            S3Config::read);

    private static Optional<S3Config> read(YamlMap map) {
        Sse sse = map.get(SSE);
        Optional<String> sseKmsKey = map.find(SSE_KMS_KEY);
        if (sseKmsKey.isPresent() && sse != Sse.AWS_KMS) {
            map.error(
                    SSE_KMS_KEY, "the key has no use without sse: aws:kms", "write sse: aws:kms, or remove this line");
        }
        S3Config rest = new S3Config(
                map.find(BUCKET).orElse(""),
                map.find(REGION),
                map.find(ENDPOINT),
                map.get(PREFIX),
                map.get(PATH_STYLE),
                map.find(CREDENTIALS),
                sse,
                sseKmsKey,
                map.find(STORAGE_CLASS),
                map.find(OBJECT_LOCK),
                map.get(CHECKSUM));
        if (rest.objectLock.isPresent() && rest.isAws() && rest.checksum == Checksum.WHEN_REQUIRED) {
            map.error(
                    CHECKSUM,
                    "AWS takes no object with object_lock without a checksum",
                    "write checksum: auto, or remove this line");
        }
        return rest.bucket.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    /** Whether requests go to AWS. */
    public boolean isAws() {
        return endpoint.map(URI::getHost)
                .map(host -> host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"))
                .orElse(true);
    }
}
