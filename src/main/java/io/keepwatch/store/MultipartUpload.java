package io.keepwatch.store;

import io.keepwatch.store.ComposeObject.Piece;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One large object that travels in parts, a few at a time. It is seen under its key only when all parts are there; when a
 * part does not arrive, the upload is aborted, so that the bucket does not keep (and bill) what nobody sees.
 */
final class MultipartUpload {
    static final int LANES = 4;

    private final S3AsyncClient client;
    private final String bucket;
    private final PutObject request;
    private final List<UploadPart> parts;
    private final Executor executor;
    private final AtomicInteger nextPart = new AtomicInteger(1);
    private final Queue<CompletedPart> completed = new ConcurrentLinkedQueue<>();
    private volatile boolean failed;

    MultipartUpload(
            S3AsyncClient client, S3Options options, PutObject request, List<UploadPart> parts, Executor executor) {
        this.client = client;
        this.bucket = options.bucket();
        this.request = request;
        this.parts = List.copyOf(parts);
        this.executor = executor;
    }

    /** Some servers (Ceph 16) do not say the ETag at the end; then it is made as they make it. */
    CompletableFuture<CompleteMultipartUploadResponse> run(S3Requests requests) {
        return client.createMultipartUpload(requests.create(request))
                .thenCompose(created -> upload(created.uploadId())
                        .thenCompose(sent -> complete(created.uploadId()))
                        .thenApply(this::withEtag)
                        .exceptionallyCompose(cause -> abort(created.uploadId(), cause)));
    }

    /** The number of parts, which S3 writes at the end of the ETag. */
    int parts() {
        return parts.size();
    }

    /** Ends when no part is under way any more, so that an abort finds all of them. */
    private CompletableFuture<Void> upload(String uploadId) {
        return CompletableFuture.allOf(
                Stream.generate(() -> sendRemaining(uploadId)).limit(LANES).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> sendRemaining(String uploadId) {
        int part = nextPart.getAndIncrement();
        if (part > parts.size() || failed) {
            return CompletableFuture.completedFuture(null);
        }
        return send(uploadId, part)
                .whenComplete((sent, cause) -> {
                    if (cause != null) {
                        failed = true;
                    }
                })
                .thenCompose(sent -> {
                    completed.add(sent);
                    return sendRemaining(uploadId);
                });
    }

    private CompletableFuture<CompletedPart> send(String uploadId, int part) {
        UploadPart what = parts.get(part - 1);
        return what instanceof UploadPart.Copy copy
                ? copy(uploadId, part, copy.source())
                : send(uploadId, part, (UploadPart.Body) what);
    }

    private CompletableFuture<CompletedPart> send(String uploadId, int part, UploadPart.Body sent) {
        ContentBody body = new ContentBody(sent.content(), sent.offset(), sent.lengthBytes(), executor);
        return client.uploadPart(
                        upload -> upload.bucket(bucket)
                                .key(request.key())
                                .uploadId(uploadId)
                                .partNumber(part),
                        body)
                .handle((answer, cause) -> {
                    Optional<Throwable> unreadable = body.failure();
                    if (unreadable.isPresent()) {
                        throw new StoreException.Unreadable(request.key(), unreadable.get());
                    }
                    return S3Results.orThrow(answer, cause);
                })
                .thenApply(answer -> {
                    S3Results.checkEtag(request.key(), answer.eTag(), answer.serverSideEncryption(), body);
                    return CompletedPart.builder()
                            .partNumber(part)
                            .eTag(answer.eTag())
                            .checksumCRC32(answer.checksumCRC32())
                            .build();
                });
    }

    private CompletableFuture<CompletedPart> copy(String uploadId, int part, Piece.Range source) {
        return client.uploadPartCopy(copy -> copy.sourceBucket(bucket)
                        .sourceKey(source.key())
                        .copySourceIfMatch(source.etag())
                        .copySourceRange(
                                "bytes=" + source.offset() + "-" + (source.offset() + source.lengthBytes() - 1))
                        .destinationBucket(bucket)
                        .destinationKey(request.key())
                        .uploadId(uploadId)
                        .partNumber(part))
                .thenApply(answer -> {
                    if (answer.copyPartResult() == null
                            || answer.copyPartResult().eTag() == null) {
                        throw new StoreException.Unsupported(
                                "the server took the copy of a range of \"" + source.key()
                                        + "\" for something else: it does not know UploadPartCopy",
                                null);
                    }
                    return CompletedPart.builder()
                            .partNumber(part)
                            .eTag(answer.copyPartResult().eTag())
                            .checksumCRC32(answer.copyPartResult().checksumCRC32())
                            .build();
                })
                .exceptionallyCompose(cause -> CompletableFuture.failedFuture(
                        S3Errors.isSourceChanged(cause) ? new StoreException.SourceChanged(source.key()) : cause));
    }

    private CompletableFuture<CompleteMultipartUploadResponse> complete(String uploadId) {
        return client.completeMultipartUpload(complete -> complete.bucket(bucket)
                .key(request.key())
                .uploadId(uploadId)
                .ifNoneMatch(request.onlyIfAbsent() ? "*" : null)
                .multipartUpload(upload -> upload.parts(inOrder())));
    }

    private CompleteMultipartUploadResponse withEtag(CompleteMultipartUploadResponse answer) {
        return S3Results.etag(answer.eTag()).isEmpty()
                ? answer.toBuilder()
                        .eTag(S3Results.etagOfParts(inOrder().stream()
                                        .map(CompletedPart::eTag)
                                        .toList())
                                .orElse(""))
                        .build()
                : answer;
    }

    private List<CompletedPart> inOrder() {
        return completed.stream()
                .sorted(Comparator.comparing(CompletedPart::partNumber))
                .toList();
    }

    /** The first failure is the one to tell; that an abort failed too only leaves parts for the bucket's life cycle rule. */
    private <T> CompletableFuture<T> abort(String uploadId, Throwable cause) {
        return client.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(request.key()).uploadId(uploadId))
                .handle((aborted, ignored) -> null)
                .thenCompose(aborted -> CompletableFuture.failedFuture(S3Errors.unwrap(cause)));
    }
}
