package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;

import io.keepwatch.http.Connections.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time, on bare sockets. */
class ConnectionsTest {
    private static final Duration IDLE = Duration.ofMillis(300);
    private static final int LARGE_BYTES = 64 * 1024 * 1024;
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Throwable> unsent = new AtomicReference<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private int serve(int most) {
        RouteGroup group = router -> {
            router.get("/late")
                    .handler(context -> vertx.setTimer(
                            IDLE.toMillis() * 5, done -> context.response().end("at last")));
            router.get("/large")
                    .handler(context -> context.response()
                            .end(Buffer.buffer(new byte[LARGE_BYTES]))
                            .onFailure(unsent::set));
            router.get("/quick").handler(context -> context.response().end("now"));
            router.post("/quick").handler(context -> context.response().end("now"));
        };
        return Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        new Limits(IDLE, most),
                        Routes.local(vertx, List.of(), List.of(group), Failures.NONE))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Goes on byte by byte until there is an answer or the end. */
    private static String trickle(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        while (true) {
            try {
                send(socket, "x");
                int first = socket.getInputStream().read();
                return first < 0 ? "" : (char) first + rest(socket);
            } catch (SocketTimeoutException silent) {
                assertThat(socket.isClosed()).isFalse();
            } catch (IOException reset) {
                return "";
            }
        }
    }

    private static String rest(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void an_answer_may_take_longer_than_a_client_may_be_silent() throws IOException {
        try (Socket socket = connect(serve(10))) {
            send(socket, GET.formatted("/late"));
            assertThat(rest(socket)).contains("200 OK").endsWith("at last");
        }
    }

    @Test
    void a_connection_without_a_request_is_closed() throws IOException {
        try (Socket socket = connect(serve(10))) {
            assertThat(rest(socket)).isEmpty();
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_not_waited_for() throws IOException {
        try (Socket socket = connect(serve(10))) {
            send(socket, "GET /quick HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            assertThat(trickle(socket)).isEmpty();
        }
    }

    @Test
    void a_body_that_comes_byte_by_byte_is_answered_with_408() throws IOException {
        try (Socket socket = connect(serve(10))) {
            send(socket, "POST /quick HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n");
            assertThat(trickle(socket)).contains("408 Request Timeout").contains("send the body at once");
        }
    }

    @Test
    void a_client_that_does_not_read_is_left() throws IOException {
        try (Socket socket = connect(serve(10))) {
            send(socket, GET.formatted("/large"));
            await().untilAtomic(unsent, notNullValue());
        }
    }

    @Test
    void a_client_that_reads_slowly_gets_everything() throws IOException {
        try (Socket socket = connect(serve(10))) {
            send(socket, GET.formatted("/large"));
            long begun = System.nanoTime();
            long bytes = 0;
            byte[] some = new byte[256 * 1024];
            while (bytes < LARGE_BYTES) {
                int read = socket.getInputStream().read(some);
                assertThat(read).isPositive();
                bytes += read;
                long due = begun + IDLE.toNanos() * 3 * bytes / LARGE_BYTES;
                java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
            }
            assertThat(unsent).hasNullValue();
        }
    }

    @Test
    void one_connection_more_than_there_may_be_is_closed_until_another_ends() throws IOException {
        int port = serve(1);
        try (Socket first = connect(port)) {
            send(first, GET.formatted("/late"));
            try (Socket second = connect(port)) {
                assertThat(trickle(second)).isEmpty();
            }
        }
        await().until(() -> {
            try (Socket third = connect(port)) {
                send(third, GET.formatted("/quick"));
                return rest(third).endsWith("now");
            } catch (IOException reset) {
                return false;
            }
        });
    }
}
