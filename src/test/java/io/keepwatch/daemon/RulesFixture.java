package io.keepwatch.daemon;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A daemon with rules, and a real receiver of what they send. */
class RulesFixture extends DaemonFixture {
    final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer receiver = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void receive() {
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop_receiving() {
        receiver.stop(0);
    }

    static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    Path rules(String yaml) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("workflows"));
        Path fresh = Files.writeString(temporary.resolve("fresh.yml"), "version: 1\nrules:\n" + yaml.indent(2));
        return Files.move(fresh, folder.resolve("test.yml"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    Config withTarget(String probes) throws IOException {
        Path file = writeConfig("");
        String text = Files.readString(file).replace("probes: off", "probes: " + probes);
        Files.writeString(temporary.resolve("hook.secret"), "a long enough secret\n");
        Files.setPosixFilePermissions(
                temporary.resolve("hook.secret"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                file, text + """
                webhooks:
                  ops: {url: "http://127.0.0.1:%d/", allow_private: true}
                secrets:
                  door: {file: "%s"}
                hooks:
                  deploy: {scheme: bearer, secret: door}
                  push: {scheme: github, secret: door}
                """.formatted(receiver.getAddress().getPort(), temporary.resolve("hook.secret")));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    static HttpResponse<String> ask(Daemon daemon, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("X-Keepwatch", "1")
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String get(Daemon daemon, String path) throws IOException, InterruptedException {
        return ask(daemon, "GET", path, "").body();
    }
}
