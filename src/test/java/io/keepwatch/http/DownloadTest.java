package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest extends ServedRoutes {
    private static final String URI = "/api/v1/files/content?root=etc&path=hosts";
    private static final int LARGE_BYTES = 32 * 1024 * 1024;

    private final Queue<CompletableFuture<FileChannel>> copies = new ConcurrentLinkedQueue<>();
    private final int port = serve(Access.open(), new FileRoutes(new Contents(), Runnable::run));

    @TempDir
    Path temporary;

    /** Gives each copy when the test has it. */
    private final class Contents implements FilesView {
        @Override
        public Page<FileEntry> files(Directory directory, PageRequest page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<FileEntry.Version> versions(String root, RawPath path, PageRequest page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredContent content(String root, RawPath path, Optional<Long> version) {
            return new StoredContent(root, path, 1, LARGE_BYTES, "0f");
        }

        @Override
        public CompletionStage<FileChannel> open(StoredContent content) {
            CompletableFuture<FileChannel> copy = new CompletableFuture<>();
            copies.add(copy);
            return copy;
        }
    }

    private FileChannel copy() throws IOException {
        Path file = Files.write(temporary.resolve("copy"), new byte[LARGE_BYTES]);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private Socket ask() throws IOException {
        int before = copies.size();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("GET " + URI + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        await().until(() -> copies.size() == before + 1);
        return socket;
    }

    private int status() {
        return send(port, "GET", URI, "", List.of()).status();
    }

    @Test
    void a_copy_is_closed_where_the_client_left_before_it_was_there() throws IOException {
        ask().close();
        FileChannel copy = copy();
        copies.remove().complete(copy);
        await().until(() -> !copy.isOpen());
    }

    @Test
    void a_copy_is_closed_where_the_client_leaves_while_it_is_sent() throws IOException {
        FileChannel copy = copy();
        try (Socket socket = ask()) {
            copies.remove().complete(copy);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(copy.isOpen()).isTrue();
        }
        await().until(() -> !copy.isOpen());
    }

    @Test
    void a_download_counts_until_it_is_sent() throws IOException {
        FileChannel copy = copy();
        try (Socket first = ask();
                Socket second = ask();
                Socket third = ask();
                Socket fourth = ask()) {
            copies.remove().complete(copy);
            assertThat(first.getInputStream().read()).isEqualTo('H');
            assertThat(second.isConnected() && third.isConnected() && fourth.isConnected())
                    .isTrue();
            assertThat(status()).isEqualTo(503);
        }
        await().until(() -> !copy.isOpen());
        copies.forEach(waiting -> waiting.completeExceptionally(RefusedException.notFound("it is gone")));
        copies.clear();
        CompletableFuture<Integer> after = CompletableFuture.supplyAsync(this::status);
        await().until(() -> copies.size() == 1);
        copies.remove().completeExceptionally(RefusedException.notFound("it is gone"));
        assertThat(after.join()).isEqualTo(404);
    }
}
