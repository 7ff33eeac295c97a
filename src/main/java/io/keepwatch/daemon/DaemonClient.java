package io.keepwatch.daemon;

import io.keepwatch.http.BackupRoutes;
import io.keepwatch.http.Json;
import io.keepwatch.http.Problem;
import io.keepwatch.http.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Talks to the daemon of a state folder through its Unix socket. Blocks; one thread at a time. */
public final class DaemonClient implements AutoCloseable {
    private static final long ANSWER_SECONDS = 60;

    private final Path socket;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(2_000));

    public DaemonClient(Path stateDirectory) {
        this.socket = Daemon.socket(stateDirectory);
    }

    /** Whether the socket is there; only a request tells whether somebody answers. */
    public boolean mayBeRunning() {
        return Files.exists(socket);
    }

    /** Throws {@link NoDaemonException} where none answers. */
    public Status status() throws IOException {
        return Json.read(send(HttpMethod.GET, "/api/v1/status", ""), Status.class);
    }

    /** Asks to back up an absolute path now; throws IOException with the daemon's own words where it cannot. */
    public BackupRoutes.Accepted backup(Path path) throws IOException {
        String body = Json.write(new BackupRoutes.Request(path.toString()));
        return Json.read(send(HttpMethod.POST, "/api/v1/backup", body), BackupRoutes.Accepted.class);
    }

    private String send(HttpMethod method, String uri, String body) throws IOException {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.domainSocketAddress(socket.toString()))
                .setHost("localhost")
                .setMethod(method)
                .setURI(uri);
        try {
            Reply reply = client.request(options)
                    .recover(cause -> io.vertx.core.Future.failedFuture(new NoDaemonException(socket, cause)))
                    .compose((HttpClientRequest request) -> request.send(Buffer.buffer(body)))
                    .compose(response -> response.body().map(text -> new Reply(response.statusCode(), text.toString())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (reply.status >= 400) {
                throw new IOException("the daemon answered: "
                        + Json.read(reply.text, Problem.class).detail());
            }
            return reply.text;
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("the daemon behind " + socket + " broke off: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("the daemon behind " + socket + " gave no answer for " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the daemon", e);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private record Reply(int status, String text) {}
}
