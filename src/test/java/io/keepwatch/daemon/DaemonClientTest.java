package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the client takes a daemon that is not well; {@code RunningDaemonTest} has the good answers. */
class DaemonClientTest {
    @TempDir
    private Path state;

    private final List<ServerSocketChannel> servers = new ArrayList<>();

    /** Answers one connection with these bytes and closes it; with none it stays silent until the test ends. */
    private void server(String answer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        servers.add(server);
        server.bind(UnixDomainSocketAddress.of(Daemon.socket(state)));
        if (!answer.isEmpty()) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> answer(server, answer));
        }
    }

    @AfterEach
    void closeServers() throws IOException {
        for (ServerSocketChannel server : servers) {
            server.close();
        }
    }

    private static void answer(ServerSocketChannel server, String answer) {
        try (SocketChannel channel = server.accept()) {
            channel.read(ByteBuffer.allocate(4096));
            channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void without_a_socket_there_is_no_daemon() {
        assertThatThrownBy(() -> new DaemonClient(state).status())
                .isInstanceOf(NoDaemonException.class)
                .hasMessageContaining("start one with: keepwatch run");
    }

    @Test
    void a_socket_that_a_dead_daemon_left_is_no_daemon_either() throws IOException {
        server("");
        closeServers();
        assertThatThrownBy(() -> new DaemonClient(state).status()).isInstanceOf(NoDaemonException.class);
        Files.deleteIfExists(Daemon.socket(state));
        Files.writeString(Daemon.socket(state), "no socket");
        assertThatThrownBy(() -> new DaemonClient(state).status()).isInstanceOf(NoDaemonException.class);
    }

    @Test
    void a_daemon_that_says_nothing_is_not_waited_for_without_end() throws IOException {
        server("");
        assertThatThrownBy(() -> new DaemonClient(state, Duration.ofMillis(50)).status())
                .hasMessageContaining("gave no answer")
                .hasMessageContaining("look into its log");
    }

    @Test
    void a_daemon_that_dies_while_it_answers_broke_off() throws IOException {
        server("HTTP/1.1 200");
        assertThatThrownBy(() -> new DaemonClient(state).status()).hasMessageContaining("broke off its answer");
    }

    @Test
    void a_refusal_is_told_in_the_words_of_the_daemon() throws IOException {
        String body = "{\"status\":400,\"title\":\"Not possible\",\"detail\":\"beneath no root\"}";
        server("HTTP/1.1 400 Bad Request\r\na: b\r\n\r\n" + body);
        assertThatThrownBy(() -> new DaemonClient(state).backup(Path.of("/x")))
                .hasMessage("the daemon answered: beneath no root");
    }
}
