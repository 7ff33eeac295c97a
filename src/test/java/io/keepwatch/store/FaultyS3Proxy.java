package io.keepwatch.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server between a store and an S3 server that spoils the next requests as told, each fault once and in order; without a
 * fault it passes requests on, with the Host header as signed. One request a connection. Without a target it only answers.
 */
public final class FaultyS3Proxy implements AutoCloseable {
    /** What happens to one request. */
    public sealed interface Fault {
        /** The target never sees it. */
        record Answer(int status, String headers, String body) implements Fault {}

        /** The target does it, but its answer is lost. */
        record LoseReply() implements Fault {}

        record Delay(Duration time) implements Fault {}

        /** The target gets one byte of the body changed. */
        record FlipByte() implements Fault {}
    }

    private final @Nullable URI target;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket listening;

    public FaultyS3Proxy(@Nullable URI target) throws IOException {
        this.target = target;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Every request since the last call: method, path, headers and body, as Latin-1. */
    List<String> seen() {
        List<String> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    int requests() {
        return requests.get();
    }

    public void next(Fault fault) {
        faults.add(fault);
    }

    public void next(int times, int status, String code, String headers) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code
                + "</Code><Message>why</Message></Error>";
        for (int i = 0; i < times; i++) {
            next(new Fault.Answer(status, headers, xml));
        }
    }

    /** Takes back what was told and not yet done, and counts from 0. */
    public void forget() {
        faults.clear();
        seen.clear();
        requests.set(0);
    }

    /** Connections are refused from now on, and open ones end. */
    public void goDown() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    public void comeUp() throws IOException {
        listening = listen(port);
    }

    @Override
    public void close() throws IOException {
        goDown();
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
        daemon(() -> accept(server));
        return server;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            requests.incrementAndGet();
            if (head.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
                client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            }
            byte[] body = client.getInputStream().readNBytes(length(head));
            seen.add(head + new String(body, ISO_8859_1));
            Fault fault = faults.poll();
            if (fault instanceof Fault.Answer answer) {
                byte[] text =
                        head.startsWith("HEAD") ? new byte[0] : answer.body().getBytes(UTF_8);
                client.getOutputStream()
                        .write(("HTTP/1.1 " + answer.status()
                                        + " Told\r\nConnection: close\r\nContent-Type: application/xml\r\n"
                                        + answer.headers() + "Content-Length: " + text.length + "\r\n\r\n")
                                .getBytes(ISO_8859_1));
                client.getOutputStream().write(text);
                return;
            }
            if (fault instanceof Fault.Delay delay) {
                Thread.sleep(delay.time().toMillis());
            }
            if (fault instanceof Fault.FlipByte) {
                body[body.length / 2] ^= 1;
            }
            byte[] reply = forward(head, body);
            if (!(fault instanceof Fault.LoseReply)) {
                client.getOutputStream().write(reply);
            }
        } catch (EOFException e) {
            // A connection that was opened and not used.
            return;
        } catch (IOException e) {
            if (!client.isClosed()) {
                throw new UncheckedIOException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private byte[] forward(String head, byte[] body) throws IOException {
        URI to = target;
        if (to == null) {
            throw new IOException("there is no target, and no answer was told");
        }
        try (Socket server = new Socket(to.getHost(), to.getPort())) {
            String closing = head.replaceAll("(?i)\r\n(expect|connection): [^\r]*", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n");
            server.getOutputStream().write(closing.getBytes(ISO_8859_1));
            server.getOutputStream().write(body);
            server.getOutputStream().flush();
            return server.getInputStream().readAllBytes();
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-s3");
        thread.setDaemon(true);
        thread.start();
    }
}
