package io.keepwatch.daemon;

import io.keepwatch.http.BackupRoutes;
import io.keepwatch.http.Json;
import io.keepwatch.http.MaintenanceRoutes;
import io.keepwatch.http.Problem;
import io.keepwatch.http.RulesView;
import io.keepwatch.http.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Talks to the daemon of a state folder through its Unix socket, one connection a request. Blocks; any thread. It speaks
 * HTTP/1.0 by itself, because a command that only asks for the status should not first start an event loop. Methods throw
 * {@link NoDaemonException} where none answers, {@link NothingThereException} where it does not know what was named, and
 * IOException with its own words otherwise.
 */
public final class DaemonClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Path socket;
    private final Duration patience;

    public DaemonClient(Path stateDirectory) {
        this(stateDirectory, PATIENCE);
    }

    /** @param patience how long an answer may take */
    DaemonClient(Path stateDirectory, Duration patience) {
        this.socket = Daemon.socket(stateDirectory);
        this.patience = patience;
    }

    /** Throws {@link NoDaemonException} where none answers. */
    public Status status() throws IOException {
        return Json.read(send("GET", "/api/v1/status", ""), Status.class);
    }

    /** Asks to back up an absolute path now; throws IOException with the daemon's own words where it cannot. */
    public BackupRoutes.Accepted backup(Path path) throws IOException {
        String body = Json.write(new BackupRoutes.Request(Optional.of(path.toString())));
        return Json.read(send("POST", "/api/v1/backups", body), BackupRoutes.Accepted.class);
    }

    /** Has the daemon run its maintenance now; returns when it began, and the status tells when it has ended. */
    public void maintain(boolean evenMost) throws IOException {
        send("POST", "/api/v1/maintenance", Json.write(new MaintenanceRoutes.Request(Optional.of(evenMost))));
    }

    /** Has the daemon load its rule files anew. */
    public RulesView.Reload reloadRules() throws IOException {
        return Json.read(send("POST", "/api/v1/reload", ""), RulesView.Reload.class);
    }

    /** Has the daemon give an event that is kept to its rules again. */
    public RulesView.Replayed replay(String event) throws IOException {
        String id = URLEncoder.encode(event, StandardCharsets.UTF_8).replace("+", "%20");
        return Json.read(send("POST", "/api/v1/events/" + id + "/replay", ""), RulesView.Replayed.class);
    }

    /** Answers a question of a rule. */
    public void answer(RulesView.Decision decision) throws IOException {
        send("POST", "/api/v1/approvals", Json.write(decision));
    }

    public RulesView.Silence silence(RulesView.SilenceOrder order) throws IOException {
        return Json.read(send("POST", "/api/v1/silences", Json.write(order)), RulesView.Silence.class);
    }

    /** Ends a silence. Throws IOException where there is none. */
    public void unsilence(String id) throws IOException {
        if (!id.matches("[A-Za-z0-9-]+")) {
            throw new IOException("\"" + id + "\" is no id of a silence; keepwatch silence lists them");
        }
        send("DELETE", "/api/v1/silences/" + id, "");
    }

    private String send(String method, String uri, String body) throws IOException {
        Reply reply = Reply.parse(exchange(request(method, uri, body)), socket);
        if (reply.status >= 400) {
            String detail = Json.read(reply.body, Problem.class).detail();
            throw reply.status == 404
                    ? new NothingThereException(detail)
                    : new IOException("the daemon answered: " + detail);
        }
        return reply.body;
    }

    private static ByteBuffer request(String method, String uri, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = (method + " " + uri + " HTTP/1.0\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + content.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + content.length)
                .put(head)
                .put(content)
                .flip();
    }

    private byte[] exchange(ByteBuffer request) throws IOException {
        try (SocketChannel channel = connect()) {
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return readAll(channel);
        }
    }

    private SocketChannel connect() throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new NoDaemonException(socket, e);
        }
    }

    private byte[] readAll(SocketChannel channel) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (channel.read(chunk.clear()) >= 0) {
                answer.write(chunk.array(), 0, chunk.position());
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (chunk.position() == 0 && (left <= 0 || selector.select(left) == 0)) {
                    throw new IOException("the daemon behind " + socket + " gave no answer for " + patience.toSeconds()
                            + " s; look into its log");
                }
                selector.selectedKeys().clear();
            }
        }
        return answer.toByteArray();
    }

    private record Reply(int status, String body) {
        static Reply parse(byte[] answer, Path socket) throws IOException {
            String text = new String(answer, StandardCharsets.UTF_8);
            int headEnd = text.indexOf("\r\n\r\n");
            if (headEnd < 0 || !text.matches("(?s)HTTP/1\\.[01] \\d{3}\\b.*")) {
                throw new IOException("the daemon behind " + socket + " broke off its answer; look into its log");
            }
            return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(headEnd + 4));
        }
    }
}
