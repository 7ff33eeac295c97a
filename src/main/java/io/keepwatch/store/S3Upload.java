package io.keepwatch.store;

import io.keepwatch.file.Content;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Stores one object, in one request or in parts. Where an answer was lost and the SDK's second try finds its own first
 * one in the way, the object is looked up, so that a lost answer is no other writer.
 */
final class S3Upload {
    private final S3AsyncClient client;
    private final S3Options options;
    private final S3Requests requests;
    private final Executor executor;

    S3Upload(S3AsyncClient client, S3Options options, S3Requests requests, Executor executor) {
        this.client = client;
        this.options = options;
        this.requests = requests;
        this.executor = executor;
    }

    CompletableFuture<ObjectInfo> put(PutObject request, Content content) {
        long lengthBytes = content.lengthBytes();
        return lengthBytes <= options.multipart().threshold().bytes()
                ? single(request, content)
                : inParts(request, UploadPart.of(content, options.multipart().partBytes(lengthBytes)), lengthBytes);
    }

    CompletableFuture<ObjectInfo> compose(ComposeObject request) {
        long lengthBytes = request.lengthBytes();
        return inParts(
                request.target(), UploadPart.of(request, options.multipart().partBytes(lengthBytes)), lengthBytes);
    }

    private CompletableFuture<ObjectInfo> single(PutObject request, Content content) {
        ContentBody body = new ContentBody(content, 0, content.lengthBytes(), executor);
        return client.putObject(requests.put(request), body)
                .handle((answer, cause) -> {
                    body.failure().ifPresent(why -> {
                        throw new StoreException.Unreadable(request.key(), why);
                    });
                    return S3Results.orThrow(answer, cause);
                })
                .thenCompose(answer -> checked(request, answer, body)
                        .thenApply(ok -> new ObjectInfo(
                                request.key(),
                                content.lengthBytes(),
                                S3Results.etag(answer.eTag()),
                                S3Results.version(answer.versionId()),
                                request.metadata())))
                .exceptionallyCompose(cause -> confirm(
                        request,
                        content.lengthBytes(),
                        cause,
                        found -> body.md5().isPresent()
                                && S3Results.md5Of(found.etag()).equals(body.md5())));
    }

    private CompletableFuture<ObjectInfo> inParts(PutObject request, List<UploadPart> parts, long lengthBytes) {
        MultipartUpload upload = new MultipartUpload(client, options, request, parts, executor);
        return upload.run(requests)
                .thenApply(answer -> new ObjectInfo(
                        request.key(),
                        lengthBytes,
                        S3Results.etag(answer.eTag()),
                        S3Results.version(answer.versionId()),
                        request.metadata()))
                .exceptionallyCompose(cause -> confirm(
                        request, lengthBytes, cause, found -> found.etag().contains("-" + upload.parts())));
    }

    /** A damaged object that was made just now is removed, or a later conditional put would take it for the good one. */
    private CompletableFuture<Void> checked(PutObject request, PutObjectResponse answer, ContentBody body) {
        try {
            S3Results.checkEtag(request.key(), answer.eTag(), answer.serverSideEncryption(), body);
            return CompletableFuture.completedFuture(null);
        } catch (StoreException.Transient damaged) {
            CompletableFuture<?> removed = request.onlyIfAbsent()
                    ? client.deleteObject(
                            delete -> delete.bucket(options.bucket()).key(request.key()))
                    : CompletableFuture.completedFuture(null);
            return removed.handle((done, ignored) -> null).thenCompose(done -> CompletableFuture.failedFuture(damaged));
        }
    }

    private CompletableFuture<ObjectInfo> confirm(
            PutObject request, long lengthBytes, Throwable thrown, Predicate<ObjectInfo> isOurs) {
        Throwable cause = S3Errors.unwrap(thrown);
        if (!(cause instanceof AwsServiceException answer)) {
            return CompletableFuture.failedFuture(cause);
        }
        boolean taken = answer.statusCode() == 412 && request.onlyIfAbsent();
        boolean ended = answer.awsErrorDetails() != null
                && "NoSuchUpload".equals(answer.awsErrorDetails().errorCode());
        if (!triedAgain(answer) || !(taken || ended)) {
            return CompletableFuture.failedFuture(taken ? new StoreException.AlreadyExists(request.key()) : cause);
        }
        return client.headObject(head -> head.bucket(options.bucket()).key(request.key()))
                .thenApply(found -> S3Results.head(request.key(), found))
                .thenCompose(found -> found.sizeBytes() == lengthBytes
                                && found.metadata().equals(request.metadata())
                                && isOurs.test(found)
                        ? CompletableFuture.completedFuture(found)
                        : CompletableFuture.failedFuture(
                                taken ? new StoreException.AlreadyExists(request.key()) : cause));
    }

    private static boolean triedAgain(SdkException e) {
        return Optional.ofNullable(e.numAttempts()).orElse(1) > 1;
    }
}
