package io.keepwatch.store;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The SDK's answers as ours, and whether an answer can be true. */
final class S3Results {
    private static final Pattern MD5_ETAG = Pattern.compile("\"?([0-9a-f]{32})\"?");

    private S3Results() {}

    static ObjectInfo head(String key, HeadObjectResponse answer) {
        return new ObjectInfo(
                key,
                answer.contentLength() == null ? 0 : answer.contentLength(),
                etag(answer.eTag()),
                version(answer.versionId()),
                lowerCase(answer.metadata()));
    }

    static ObjectInfo copy(CopyObject request, CopyObjectResponse answer) {
        return new ObjectInfo(
                request.key(),
                ObjectInfo.UNKNOWN_SIZE,
                etag(
                        answer.copyObjectResult() == null
                                ? null
                                : answer.copyObjectResult().eTag()),
                version(answer.versionId()),
                request.metadata());
    }

    static ObjectInfo get(String key, GetObjectResponse answer) {
        long length = answer.contentLength() == null ? 0 : answer.contentLength();
        return new ObjectInfo(
                key,
                wholeSize(answer.contentRange()).orElse(length),
                etag(answer.eTag()),
                version(answer.versionId()),
                lowerCase(answer.metadata()));
    }

    static ObjectPage page(ListObjectsV2Response answer) {
        List<ListedObject> objects = answer.contents().stream()
                .map(found -> new ListedObject(found.key(), found.size(), etag(found.eTag()), found.lastModified()))
                .toList();
        boolean more = Boolean.TRUE.equals(answer.isTruncated());
        return new ObjectPage(objects, more ? Optional.ofNullable(answer.nextContinuationToken()) : Optional.empty());
    }

    /** Some servers send no ETag for a key that ends with a slash; Ceph sends that of a copy without its quotes. */
    static String etag(@Nullable String etag) {
        return etag == null || etag.isEmpty() ? "" : etag.endsWith("\"") ? etag : '"' + etag + '"';
    }

    /** What S3 makes of the ETags of the parts, in their order; empty where one of them is no MD5. */
    static Optional<String> etagOfParts(List<String> etags) {
        MessageDigest digest = ContentBody.newMd5();
        for (String etag : etags) {
            Optional<String> part = md5Of(etag);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            digest.update(HexFormat.of().parseHex(part.get()));
        }
        return Optional.of('"' + HexFormat.of().formatHex(digest.digest()) + "-" + etags.size() + '"');
    }

    /**
     * Whether a copy is one of another content, which shows where both ETags are the MD5 of the content. Ceph 16 ignores
     * the condition on the source.
     */
    static boolean isOtherContent(CopyObject request, CopyObjectResponse answer) {
        boolean kms = String.valueOf(answer.serverSideEncryptionAsString()).startsWith("aws:kms");
        Optional<String> source = md5Of(request.sourceEtag());
        Optional<String> copy = md5Of(copy(request, answer).etag());
        return !kms && source.isPresent() && copy.isPresent() && !source.equals(copy);
    }

    static Optional<String> version(@Nullable String id) {
        return Optional.ofNullable(id).filter(text -> !text.equals("null"));
    }

    /**
     * Compares what the server says it stored with what was sent. Without KMS the ETag of a single request is the MD5 of
     * its body; a server that stored something else (a transfer framing, half a body) gives itself away.
     */
    static void checkEtag(
            String key, @Nullable String etag, @Nullable ServerSideEncryption encryption, ContentBody sent) {
        boolean kms = encryption != null && encryption.toString().startsWith("aws:kms");
        Optional<String> stored = md5Of(etag(etag));
        if (!kms && stored.isPresent() && sent.md5().isPresent() && !stored.equals(sent.md5())) {
            throw new StoreException.Transient(
                    "the server stored something else under \"" + key + "\": it says MD5 " + stored.get()
                            + ", but the content sent has " + sent.md5().get()
                            + "; if this happens again, do not trust that server, or set checksum_mode: when_required",
                    null);
        }
    }

    static Optional<String> md5Of(String etag) {
        return Optional.of(MD5_ETAG.matcher(etag))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1));
    }

    /** Passes on what a stage ended with. */
    static <T> T orThrow(T answer, @Nullable Throwable cause) {
        if (cause == null) {
            return answer;
        }
        Throwable unwrapped = S3Errors.unwrap(cause);
        throw unwrapped instanceof RuntimeException unchecked ? unchecked : new CompletionException(unwrapped);
    }

    private static Optional<Long> wholeSize(@Nullable String contentRange) {
        return Optional.ofNullable(contentRange)
                .map(range -> range.substring(range.lastIndexOf('/') + 1))
                .filter(size -> !size.isEmpty() && size.chars().allMatch(Character::isDigit))
                .map(Long::parseLong);
    }

    private static Map<String, String> lowerCase(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (a, b) -> b));
    }
}
