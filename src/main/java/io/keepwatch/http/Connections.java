package io.keepwatch.http;

import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one server. Closes one that waits for a request for too long, whether nothing or a head byte by byte
 * arrives, one whose body does not arrive (408), and one whose client does not read its answer. A request that is worked on
 * may take as long as it needs.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int LOOKS = 3;

    private final Vertx vertx;
    private final Limits limits;
    private final Map<HttpConnection, Connection> open = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private Connections(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    /**
     * How long is waited for clients.
     *
     * @param idle for the whole head of a request, for its whole body, and for a client to read some of what was sent; up to
     *     a third more may pass
     * @param most connections at a time; one more is closed at once
     */
    public record Limits(Duration idle, int most) {
        public static final Limits STANDARD = new Limits(Duration.ofSeconds(30), 1024);
    }

    /** A server whose connections are watched; its options have no idle time-out, which also ends what is worked on. */
    public static HttpServer serve(
            Vertx vertx, HttpServerOptions options, Limits limits, Handler<HttpServerRequest> handler) {
        Connections connections = new Connections(vertx, limits);
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(request -> {
                    connections.begun(request);
                    handler.handle(request);
                });
    }

    private void opened(HttpConnection connection) {
        if (count.incrementAndGet() > limits.most()) {
            count.decrementAndGet();
            LOG.warn(
                    "a connection from {} was closed: {} are open already, the most there may be",
                    connection.remoteAddress(),
                    limits.most());
            connection.close();
            return;
        }
        Connection held = new Connection((HttpServerConnection) connection);
        open.put(connection, held);
        long timer = vertx.setPeriodic(Math.max(1, limits.idle().toMillis() / LOOKS), tick -> held.look());
        connection.closeHandler(gone -> {
            vertx.cancelTimer(timer);
            open.remove(connection);
            count.decrementAndGet();
        });
    }

    private void begun(HttpServerRequest request) {
        Connection held = open.get(request.connection());
        if (held != null) {
            held.begun(request);
        }
    }

    private record UnderWay(HttpServerRequest request, long since) {}

    /** Used on the event loop of its connection alone. */
    private final class Connection {
        private final HttpServerConnection connection;
        private final List<UnderWay> underWay = new ArrayList<>();
        private long movedAt = System.nanoTime();
        private @Nullable Object sending;
        private long sentBytes;

        Connection(HttpServerConnection connection) {
            this.connection = connection;
        }

        void begun(HttpServerRequest request) {
            // Here too, and not when it is looked after: thousands of requests may pass until then.
            forgetEnded();
            movedAt = System.nanoTime();
            underWay.add(new UnderWay(request, movedAt));
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the close handler sees the end
        void look() {
            ChannelOutboundBuffer out =
                    connection.channelHandlerContext().channel().unsafe().outboundBuffer();
            if (out == null) {
                return;
            }
            forgetEnded();
            Object next = out.current();
            long bytes = out.currentProgress();
            boolean busy = next == null ? !underWay.isEmpty() : next != sending || bytes != sentBytes;
            if (busy) {
                movedAt = System.nanoTime();
            }
            sending = next;
            sentBytes = bytes;
            if (isOver(movedAt)) {
                // Not by connection.close(), which would wait until what was sent is read.
                connection.channelHandlerContext().close();
            } else {
                underWay.stream()
                        .filter(one -> !one.request().isEnded() && isOver(one.since()))
                        .findFirst()
                        .ifPresent(one -> tooSlow(one.request()));
            }
        }

        private void forgetEnded() {
            underWay.removeIf(one -> one.request().response().ended());
        }

        private void tooSlow(HttpServerRequest request) {
            if (request.response().headWritten()) {
                connection.close();
                return;
            }
            request.response()
                    .setStatusCode(408)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .end(Json.write(new Problem(408, "Too slow", "send the body at once")))
                    .onComplete(sent -> connection.close());
        }

        private boolean isOver(long since) {
            return System.nanoTime() - since >= limits.idle().toNanos();
        }
    }
}
