package io.keepwatch.action.send;

import io.keepwatch.action.wire.StandardSignature;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.workflow.state.Delivery;
import io.keepwatch.workflow.type.TraceParent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Sends one request for each message. The host is resolved here, and the connection goes to the very address that was
 * checked, while the name stays in the Host header and in the check of the certificate. No redirect is followed.
 */
final class HttpSender implements Sender {
    private static final int SHOWN_BYTES = 300;

    private final HttpClient client;
    private final HttpTarget target;
    private final Format format;
    private final Resolver resolver;
    private final Executor workers;

    HttpSender(HttpClient client, HttpTarget target, Format format, Resolver resolver, Executor workers) {
        this.client = client;
        this.target = target;
        this.format = format;
        this.resolver = resolver;
        this.workers = workers;
    }

    @Override
    public CompletionStage<Answer> send(Delivery delivery, Instant now) {
        return CompletableFuture.supplyAsync(() -> address(delivery.attempts()), workers)
                .thenCompose(address -> request(address, delivery, now).toCompletionStage())
                .exceptionally(HttpSender::failure);
    }

    /** Each attempt takes the next address of a host that has several, so that one that is down does not matter. */
    private InetAddress address(int attempt) {
        try {
            List<InetAddress> addresses = resolver.addresses(target.host());
            InetAddress address = addresses.get(attempt % addresses.size());
            if (AddressCheck.isPrivate(address) && !target.allowPrivate()) {
                throw new PrivateAddressException(
                        target.host() + " is at " + address.getHostAddress()
                                + ", an address of this machine or of a private network: write allow_private: true if it is meant");
            }
            return address;
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private Future<Answer> request(InetAddress address, Delivery delivery, Instant now) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.isTls())
                .setURI(target.pathAndQuery())
                .setFollowRedirects(false)
                .setConnectTimeout(target.timeout().toMillis());
        return client.request(options)
                .compose(request -> exchange(request, delivery, now)
                        .timeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(problem -> request.reset()));
    }

    private Future<Answer> exchange(HttpClientRequest request, Delivery delivery, Instant now) {
        byte[] body = format.sealed(delivery.body());
        request.putHeader("Content-Type", delivery.contentType())
                .putHeader("User-Agent", "Keepwatch")
                .putHeader("Idempotency-Key", delivery.id())
                .putHeader(StandardSignature.ID, delivery.id())
                .putHeader(StandardSignature.TIMESTAMP, String.valueOf(now.getEpochSecond()));
        target.signature()
                .ifPresent(signature -> request.putHeader(
                        StandardSignature.SIGNATURE, signature.of(delivery.id(), now.getEpochSecond(), body)));
        delivery.trace().ifPresent(trace -> request.putHeader(TraceParent.NAME, trace.text()));
        target.token().ifPresent(token -> request.putHeader("Authorization", "Bearer " + token));
        return request.send(Buffer.buffer(body)).compose(response -> answer(request, response, now));
    }

    private static Future<Answer> answer(HttpClientRequest request, HttpClientResponse response, Instant now) {
        HttpVerdict verdict = new HttpVerdict(response.statusCode(), response.getHeader("Retry-After"), now);
        if (verdict.isGood()) {
            // What a target says beside its status is not read; that the rest is cut off is no error.
            response.exceptionHandler(cut -> {});
            request.reset();
            return Future.succeededFuture(Answer.delivered(response.statusCode()));
        }
        return beginning(request, response).map(verdict::answer);
    }

    // Whatever a stranger sends as an answer, a line of it is enough.
    private static Future<String> beginning(HttpClientRequest request, HttpClientResponse response) {
        Promise<String> text = Promise.promise();
        Buffer kept = Buffer.buffer();
        response.handler(part -> {
            kept.appendBuffer(part);
            if (kept.length() > SHOWN_BYTES) {
                text.tryComplete(shown(kept.getBytes(0, SHOWN_BYTES)));
                request.reset();
            }
        });
        response.endHandler(end -> text.tryComplete(shown(kept.getBytes())));
        response.exceptionHandler(problem -> text.tryComplete(shown(kept.getBytes())));
        return text.future();
    }

    private static String shown(byte[] bytes) {
        return DisplayText.of(bytes).strip();
    }

    private static Answer failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof PrivateAddressException) {
            return Answer.refused(0, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof UnknownHostException) {
            return Answer.later(0, "the host is not known: " + cause.getMessage());
        }
        return Answer.later(0, "the target could not be reached: " + cause.getMessage());
    }

    private static final class PrivateAddressException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PrivateAddressException(String message) {
            super(message);
        }
    }
}
