package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigException;
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
import org.junit.jupiter.api.Test;

/** Rules from their files to what they do, with real commands, a real receiver and a real backup. */
class RulesInDaemonTest extends DaemonFixture {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver = server();

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

    private static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    private Path rules(String yaml) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("workflows"));
        Path fresh = Files.writeString(temporary.resolve("fresh.yml"), "version: 1\nrules:\n" + yaml.indent(2));
        return Files.move(fresh, folder.resolve("test.yml"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Config withTarget(String probes) throws IOException {
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
                """.formatted(receiver.getAddress().getPort(), temporary.resolve("hook.secret")));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private static HttpResponse<String> ask(Daemon daemon, String method, String path, String body, String... headers)
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

    private static String get(Daemon daemon, String path) throws IOException, InterruptedException {
        return ask(daemon, "GET", path, "").body();
    }

    @Test
    void a_changed_file_runs_a_command_with_the_difference_to_the_backup() throws Exception {
        Path conf = Files.writeString(watched().resolve("app.conf"), "port = 80\n");
        Path out = temporary.resolve("out");
        rules("""
                check:
                  on: {file: "%s", debounce: 200ms}
                  steps:
                    - id: test
                      run: [sh, -c, 'printf "%%s" "$DIFF" > "$OUT"; echo checked']
                      env: {OUT: "%s", DIFF: "${diff(event.data.paths)}"}
                    - webhook: ops
                      with: {text: "${steps.test.stdout}"}
                """.formatted(conf, out));
        Daemon daemon = start(withTarget("off"));
        awaitStatus(daemon, status -> status.state().equals("current"));
        assertThat(get(daemon, "/api/v1/runs")).contains("\"items\":[]");

        Files.writeString(conf, "port = 8080\n");
        soon().until(() -> !received.isEmpty());
        assertThat(Files.readString(out)).contains("-port = 80\n", "+port = 8080\n");
        assertThat(received)
                .singleElement()
                .satisfies(body ->
                        assertThat(body).contains("\"specversion\":\"1.0\"").contains("checked"));
        soon().until(() -> get(daemon, "/api/v1/runs?status=succeeded"), text -> text.contains("\"rule\":\"check\""));
    }

    @Test
    void a_mistake_in_a_file_keeps_the_rules_of_before_even_over_a_restart() throws Exception {
        Path file = Files.createFile(watched().resolve("a"));
        String good = """
                told:
                  on: {file: "%s/**"}
                  steps: [{webhook: ops, with: {text: "one"}}]
                """.formatted(watched());
        rules(good);
        Daemon daemon = start(withTarget("off"));
        awaitStatus(daemon, status -> status.state().equals("current"));

        rules(good.replace("webhook: ops", "webhook: opz"));
        soon().until(() -> get(daemon, "/api/v1/rules"), text -> text.contains("did you mean \\\"ops\\\"?"));
        stop(daemon);
        Daemon again = start(withTarget("off"));
        awaitStatus(again, status -> status.state().equals("current"));
        assertThat(get(again, "/api/v1/rules")).contains("\"name\":\"told\"").contains("opz");
        Files.writeString(file, "changed");
        soon().until(() -> received.size() == 1);

        rules(good.replace("\"one\"", "\"two\""));
        soon().until(() -> !get(again, "/api/v1/rules").contains("opz"));
        Files.writeString(file, "changed again");
        soon().until(() -> received.size() == 2);
        assertThat(received.get(1)).contains("two");
    }

    @Test
    void a_secret_that_is_missing_is_told_with_the_configuration_file() throws Exception {
        Config config = withTarget("off");
        Files.delete(temporary.resolve("hook.secret"));
        assertThatThrownBy(() -> start(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(temporary.resolve("keepwatch.yml") + " secrets.door: ");
    }

    @Test
    void a_person_answers_a_question_and_the_run_goes_on() throws Exception {
        Path out = temporary.resolve("approved");
        rules("""
                ask:
                  on: {file: "%s/**"}
                  steps:
                    - {id: ok, approve: "Go on with ${event.data.count}?", timeout: 1h}
                    - if: steps.ok.approved
                      run: [touch, "%s"]
                """.formatted(watched(), out));
        Daemon daemon = start(withTarget("off"));
        awaitStatus(daemon, status -> status.state().equals("current"));
        Files.createFile(watched().resolve("a"));
        String asked = soon().until(() -> get(daemon, "/api/v1/approvals"), text -> text.contains("Go on with"));
        String run = asked.replaceFirst("(?s).*\"run\":\"([^\"]+)\".*", "$1");
        assertThat(out).doesNotExist();
        assertThat(ask(
                                daemon,
                                "POST",
                                "/api/v1/approvals",
                                "{\"run\":\"" + run + "\",\"step\":\"ok\",\"approved\":true}")
                        .statusCode())
                .isEqualTo(204);
        soon().until(() -> Files.exists(out));
        assertThat(get(daemon, "/api/v1/approvals")).contains("\"items\":[]");
    }

    @Test
    void a_hook_that_proves_itself_starts_a_run_once() throws Exception {
        rules("""
                deployed:
                  on: {webhook: deploy}
                  steps: [{webhook: ops, with: {text: "${event.data.body.version}"}}]
                """);
        Daemon daemon = start(withTarget("off"));
        String body = "{\"version\": \"7.1\"}";
        assertThat(ask(daemon, "POST", "/hooks/deploy", body, "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(ask(daemon, "POST", "/hooks/deploy", body, "Authorization", "Bearer a long enough secret")
                        .statusCode())
                .isEqualTo(202);
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0)).contains("7.1");
        assertThat(ask(daemon, "POST", "/hooks/nothing", body).statusCode()).isEqualTo(404);
    }

    @Test
    void a_step_backs_up_and_restores_and_measures() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc");
        Path source = Files.writeString(watched().resolve("data.txt"), "precious\n");
        rules("""
                all:
                  on: {webhook: deploy}
                  steps:
                    - {id: save, backup: "%1$s", with: {wait: true}}
                    - {id: back, restore: "%2$s", with: {to: "%3$s"}}
                    - {id: now, probe: memory.usage, with: {subject: test}}
                    - webhook: ops
                      with: {text: "${steps.save.changes} ${steps.back.files} ${steps.now.data.available_percent > 0.0}"}
                """.formatted(watched(), source, temporary.toRealPath().resolve("back")));
        Daemon daemon = start(withTarget("off"));
        awaitStatus(daemon, status -> status.state().equals("current"));
        ask(daemon, "POST", "/hooks/deploy", "{}", "Authorization", "Bearer a long enough secret");
        soon().until(
                        () -> get(daemon, "/api/v1/runs"),
                        text -> text.contains("\"status\":\"succeeded\"") || text.contains("failed"));
        assertThat(received)
                .as(get(daemon, "/api/v1/runs"))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("0 1 true"));
        assertThat(temporary.resolve("back/data.txt")).hasContent("precious");
    }

    @Test
    void a_silence_withholds_what_would_be_told() throws Exception {
        rules("""
                told:
                  on: {webhook: deploy}
                  steps: [{webhook: ops, with: {text: hello}}]
                """);
        Daemon daemon = start(withTarget("off"));
        String until = java.time.Instant.now().plusSeconds(3600).toString();
        HttpResponse<String> made =
                ask(daemon, "POST", "/api/v1/silences", "{\"rule\":\"told\",\"until\":\"" + until + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        ask(daemon, "POST", "/hooks/deploy", "{}", "Authorization", "Bearer a long enough secret");
        String runs = soon().until(() -> get(daemon, "/api/v1/runs"), text -> text.contains("succeeded"));
        assertThat(received).isEmpty();
        String id = runs.replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        assertThat(get(daemon, "/api/v1/runs/" + id))
                .contains("\"status\":\"skipped\"")
                .contains("silenced");
        assertThat(ask(daemon, "POST", "/api/v1/silences", "{\"rule\":\"nobody\",\"until\":\"" + until + "\"}")
                        .statusCode())
                .isEqualTo(404);
    }
}
