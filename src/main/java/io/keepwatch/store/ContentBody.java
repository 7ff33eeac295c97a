package io.keepwatch.store;

import io.keepwatch.file.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * A part of a content as the body of a request. Each attempt opens and reads it anew, on the executor and only as fast as
 * the connection takes it, so that the SDK may retry and its event loops never wait for a disk.
 */
final class ContentBody implements AsyncRequestBody {
    private static final int CHUNK = 64 * 1024;

    private final Content content;
    private final long offset;
    private final long length;
    private final Executor executor;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable String md5;

    ContentBody(Content content, long offset, long length, Executor executor) {
        this.content = content;
        this.offset = offset;
        this.length = length;
        this.executor = executor;
    }

    @Override
    public Optional<Long> contentLength() {
        return Optional.of(length);
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    /** Why the content could not be read, if that is what ended the last attempt. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** In hex, of the bytes that the last attempt sent; empty before it sent all of them, and where there are none. */
    Optional<String> md5() {
        return Optional.ofNullable(md5);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        failure = null;
        md5 = null;
        subscriber.onSubscribe(new Reading(subscriber));
    }

    /** One pass over the bytes. {@code pending} counts signals, so that only one thread reads at a time. */
    private final class Reading implements Subscription, Runnable {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger pending = new AtomicInteger();
        private final MessageDigest digest = newMd5();
        private volatile boolean cancelled;
        private @Nullable InputStream in;
        private long remaining = length;
        private boolean done;

        Reading(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            demand.accumulateAndGet(Math.max(n, 0), (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            signal();
        }

        @Override
        public void cancel() {
            cancelled = true;
            signal();
        }

        private void signal() {
            if (pending.getAndIncrement() == 0) {
                try {
                    executor.execute(this);
                } catch (RejectedExecutionException e) {
                    done = true;
                    subscriber.onError(new IllegalStateException("the store is closed", e));
                }
            }
        }

        @Override
        public void run() {
            int missed = 1;
            while (missed != 0) {
                try {
                    drain();
                } catch (IOException | RuntimeException e) {
                    fail(e);
                }
                missed = pending.addAndGet(-missed);
            }
        }

        private void drain() throws IOException {
            while (!done) {
                if (cancelled) {
                    finish();
                } else if (remaining == 0) {
                    finish();
                    subscriber.onComplete();
                } else if (demand.get() > 0) {
                    demand.decrementAndGet();
                    subscriber.onNext(ByteBuffer.wrap(next()));
                } else {
                    return;
                }
            }
        }

        private byte[] next() throws IOException {
            InputStream open = in;
            if (open == null) {
                open = content.open(offset);
                in = open;
            }
            byte[] chunk = open.readNBytes((int) Math.min(CHUNK, remaining));
            if (chunk.length == 0) {
                throw new EOFException("it ended " + remaining + " bytes early");
            }
            digest.update(chunk);
            remaining -= chunk.length;
            if (remaining == 0) {
                // Now, because the SDK cancels instead of asking on once it has as many bytes as it was told.
                md5 = HexFormat.of().formatHex(digest.digest());
            }
            return chunk;
        }

        private void finish() throws IOException {
            done = true;
            InputStream open = in;
            if (open != null) {
                open.close();
            }
        }

        private void fail(Exception e) {
            if (cancelled) {
                return;
            }
            failure = e;
            try {
                finish();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            // No IOException: the SDK would take it for a lost connection and read the content again.
            subscriber.onError(new IllegalStateException("the content could not be read"));
        }
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks MD5", e);
        }
    }
}
