package io.keepwatch.store;

import io.keepwatch.file.Content;
import io.keepwatch.unit.DisplayText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * A bucket that speaks S3. Nothing is opened before the first request, and an idle store makes none. Contents are read on
 * the store's own threads, as many as there are requests with a body.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final int KEYS_IN_ONE_DELETE = 1_000;

    private final S3Options options;
    private final RequestLedger ledger;
    private final ServerClock serverClock;
    private final S3Errors errors;
    private final S3Requests requests;
    private final ExecutorService executor;
    private final Object lock = new Object();
    private @Nullable CompletableFuture<S3AsyncClient> client;
    private boolean closed;

    public S3ObjectStore(S3Options options, RequestLedger ledger, Clock clock) {
        this.options = options;
        this.ledger = ledger;
        this.serverClock = new ServerClock(clock);
        this.errors = new S3Errors(options, clock);
        this.requests = new S3Requests(options, () -> serverClock.now().orElseGet(clock::instant));
        this.executor = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "store-content"));
    }

    @Override
    public CompletionStage<ObjectInfo> put(PutObject request, Content content) {
        return call(
                S3Action.PUT, request.key(), s3 -> new S3Upload(s3, options, requests, executor).put(request, content));
    }

    @Override
    public CompletionStage<ObjectInfo> copy(CopyObject request) {
        return call(
                S3Action.COPY,
                request.sourceKey(),
                s3 -> s3.copyObject(requests.copy(request))
                        .thenApply(answer -> {
                            if (S3Results.isOtherContent(request, answer)) {
                                throw new StoreException.SourceChanged(request.sourceKey());
                            }
                            return S3Results.copy(request, answer);
                        })
                        .exceptionallyCompose(cause -> S3Errors.isSourceChanged(cause)
                                ? CompletableFuture.failedFuture(new StoreException.SourceChanged(request.sourceKey()))
                                : CompletableFuture.failedFuture(S3Errors.unwrap(cause))));
    }

    @Override
    public CompletionStage<ObjectInfo> compose(ComposeObject request) {
        return request.hasRanges()
                ? call(
                        S3Action.COMPOSE,
                        request.target().key(),
                        s3 -> new S3Upload(s3, options, requests, executor).compose(request))
                : put(request.target(), request.contents());
    }

    @Override
    public CompletionStage<Optional<ObjectStream>> get(GetObject request) {
        ObjectLimits.checkKey(request.key());
        return call(
                S3Action.GET,
                request.key(),
                s3 -> emptyIfMissing(s3.getObject(
                                get -> get.bucket(options.bucket())
                                        .key(request.key())
                                        .versionId(request.versionId().orElse(null))
                                        .range(request.range()
                                                .map(range -> "bytes=" + range.text())
                                                .orElse(null)),
                                AsyncResponseTransformer.toBlockingInputStream())
                        .thenApply(body -> new ObjectStream(
                                S3Results.get(request.key(), body.response()), new BodyStream(body)))));
    }

    @Override
    public CompletionStage<Optional<ObjectInfo>> head(String key) {
        ObjectLimits.checkKey(key);
        return call(S3Action.HEAD, key, s3 -> emptyIfMissing(head(s3, key)));
    }

    @Override
    public CompletionStage<ObjectPage> list(String prefix, Optional<String> continuation) {
        return call(
                S3Action.LIST,
                prefix,
                s3 -> s3.listObjectsV2(list -> list.bucket(options.bucket())
                                .prefix(prefix)
                                .encodingType(EncodingType.URL)
                                .continuationToken(continuation.orElse(null))
                                .overrideConfiguration(limited()))
                        .thenApply(S3Results::page));
    }

    @Override
    public CompletionStage<Void> delete(List<String> keys) {
        keys.forEach(ObjectLimits::checkKey);
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return call(S3Action.DELETE, keys.get(0), s3 -> {
            List<CompletableFuture<?>> batches = new ArrayList<>();
            for (int from = 0; from < keys.size(); from += KEYS_IN_ONE_DELETE) {
                batches.add(deleteBatch(s3, keys.subList(from, Math.min(keys.size(), from + KEYS_IN_ONE_DELETE))));
            }
            return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new));
        });
    }

    @Override
    public CompletionStage<Void> extendLock(String key, Instant until) {
        ObjectLimits.checkKey(key);
        return call(
                S3Action.LOCK,
                key,
                s3 -> s3.putObjectRetention(requests.retention(key, until))
                        .<Void>thenApply(answer -> null)
                        .exceptionallyCompose(cause -> CompletableFuture.failedFuture(
                                S3Errors.isSourceChanged(cause) ? new StoreException.SourceChanged(key) : cause)));
    }

    @Override
    public Optional<Instant> serverTime() {
        return serverClock.now();
    }

    @Override
    public void close() {
        CompletableFuture<S3AsyncClient> built;
        synchronized (lock) {
            closed = true;
            built = client;
        }
        executor.shutdownNow();
        if (built != null) {
            CompletableFuture<?> unused =
                    built.thenAccept(s3 -> daemon(s3::close, "store-close").start());
        }
    }

    /** The SDK's close waits two seconds for its event loops, which is nothing to wait for. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private CompletableFuture<ObjectInfo> head(S3AsyncClient s3, String key) {
        return s3.headObject(head -> head.bucket(options.bucket()).key(key).overrideConfiguration(limited()))
                .thenApply(found -> S3Results.head(key, found));
    }

    private CompletableFuture<DeleteObjectsResponse> deleteBatch(S3AsyncClient s3, List<String> keys) {
        List<ObjectIdentifier> named = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return s3.deleteObjects(delete -> delete.bucket(options.bucket())
                        .delete(all -> all.objects(named).quiet(true))
                        .overrideConfiguration(limited()))
                .thenApply(answer -> {
                    if (answer.hasErrors() && !answer.errors().isEmpty()) {
                        throw partlyDeleted(answer.errors(), keys.size());
                    }
                    return answer;
                });
    }

    private StoreException partlyDeleted(List<S3Error> refused, int asked) {
        S3Error first = refused.get(0);
        String message = "cannot delete " + refused.size() + " of " + asked + " objects in bucket \"" + options.bucket()
                + "\" at " + options.where() + ", the first being \"" + DisplayText.of(first.key())
                + "\": the server said "
                + first.code() + " (" + DisplayText.of(String.valueOf(first.message())) + ")";
        return "AccessDenied".equals(first.code())
                ? new StoreException.Permanent(
                        message + "; allow " + S3Action.DELETE.permission() + " for the credentials in use", null)
                : new StoreException.Transient(message + "; it will be tried again", null);
    }

    /** One attempt may take so long; only for requests whose answer is small. */
    private AwsRequestOverrideConfiguration limited() {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(options.timeouts().request())
                .build();
    }

    private <T> CompletableFuture<T> call(
            S3Action action, String key, Function<S3AsyncClient, CompletableFuture<T>> request) {
        return client().thenCompose(request)
                .exceptionallyCompose(cause -> CompletableFuture.failedFuture(
                        isClosed()
                                ? new StoreException.Transient(
                                        "the store was closed during a request for \"" + key + "\"", cause)
                                : errors.sort(action, key, cause)));
    }

    /** A client that could not be built (no region, no such profile) is tried again at the next request. */
    private CompletableFuture<S3AsyncClient> client() {
        synchronized (lock) {
            if (client == null || client.isCompletedExceptionally()) {
                try {
                    client = CompletableFuture.supplyAsync(
                            () -> S3Clients.build(options, ledger, serverClock), executor);
                } catch (RejectedExecutionException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
            return closed ? CompletableFuture.failedFuture(new IllegalStateException("closed")) : client;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private static <T> CompletableFuture<Optional<T>> emptyIfMissing(CompletableFuture<T> found) {
        return found.thenApply(Optional::of)
                .exceptionallyCompose(cause -> isMissing(cause)
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(S3Errors.unwrap(cause)));
    }

    /** 404 for the object. The answer to a HEAD has no body, so a missing bucket looks the same there. */
    private static boolean isMissing(Throwable cause) {
        return S3Errors.unwrap(cause) instanceof AwsServiceException answer
                && answer.statusCode() == 404
                && (answer.awsErrorDetails() == null
                        || !"NoSuchBucket".equals(answer.awsErrorDetails().errorCode()));
    }
}
