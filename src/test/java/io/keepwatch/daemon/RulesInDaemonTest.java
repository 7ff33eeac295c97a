package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigException;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Rules from their files to what they do, with real commands, a real receiver and a real backup. */
class RulesInDaemonTest extends RulesFixture {
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
    void a_broken_nginx_configuration_is_caught_with_the_difference_and_a_good_one_is_loaded() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nginx")), "nginx of Debian's package nginx is missing");
        String good = "pid " + temporary.resolve("pid") + ";\nerror_log stderr;\nevents {}\n";
        Path conf = Files.writeString(watched().resolve("nginx.conf"), good);
        Path loaded = temporary.resolve("loaded");
        rules("""
                nginx-config:
                  on: {file: "%1$s", debounce: 200ms}
                  concurrency: {policy: replace}
                  steps:
                    - id: test
                      run: [/usr/sbin/nginx, -t, -c, "%1$s"]
                      on_error: continue
                    - if: steps.test.exit_code != 0
                      webhook: ops
                      with: {text: "${steps.test.stderr}", diff: "${diff(event.data.paths)}"}
                    - if: steps.test.exit_code == 0
                      run: [touch, "%2$s"]
                      effect: repeatable
                """.formatted(conf, loaded));
        Daemon daemon = start(withTarget("off"));
        awaitStatus(daemon, status -> status.state().equals("current"));

        Files.writeString(conf, good + "http {\n");
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0)).contains("unexpected end of file").contains("+http {");
        assertThat(loaded).doesNotExist();

        Files.writeString(conf, good + "http {}\n");
        soon().until(() -> Files.exists(loaded));
        assertThat(received).hasSize(1);
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
        soon().untilAsserted(() -> assertThat(get(daemon, "/api/v1/events?type=rules.rejected"))
                .contains(
                        "\"file\":\"" + temporary.resolve("workflows/test.yml") + "\"",
                        "\"line\":5",
                        "\"column\":23",
                        "\"problems\":1",
                        "\"host\":\""));
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
    void rules_whose_own_test_fails_are_not_taken() throws Exception {
        String good = """
                told:
                  on: {file: "%s/**"}
                  steps: [{webhook: ops, with: {text: "one"}}]
                """.formatted(watched());
        Path file = rules(good);
        Daemon daemon = start(withTarget("off"));
        awaitStatus(daemon, status -> status.state().equals("current"));
        String other = Files.readString(file).replace("\"one\"", "\"two\"") + """
                tests:
                  - name: says one
                    rule: told
                    given: [{at: 0s, event: file.changed, data: {paths: ["%s/a"]}}]
                    expect: [{step: webhook, with: {text: one}}]
                """.formatted(watched());
        Files.move(
                Files.writeString(temporary.resolve("other.yml"), other),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        soon().until(
                        () -> get(daemon, "/api/v1/rules"),
                        text -> text.contains("the test \\\"says one\\\" does not pass"));
        soon().untilAsserted(() ->
                assertThat(get(daemon, "/api/v1/events?type=rules.rejected")).contains("\"line\":10", "\"column\":14"));
        Files.writeString(watched().resolve("a"), "changed");
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0)).contains("one");
        assertThat(get(daemon, "/metrics"))
                .contains("keepwatch_rules_events{result=\"mismatched\"} 0", "keepwatch_rules_runs_dropped 0");
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
        assertThat(get(daemon, "/api/v1/events?type=webhook.*")).contains("\"version\":\"7.1\"");
        assertThat(ask(daemon, "POST", "/hooks/nothing", body).statusCode()).isEqualTo(404);
    }

    @Test
    void github_calls_a_hook_with_nothing_but_its_signature() throws Exception {
        rules("""
                pushed:
                  on: {webhook: push}
                  steps: [{webhook: ops, with: {text: "${event.data.body.ref}"}}]
                """);
        Daemon daemon = start(withTarget("off"));
        String body = "{\"ref\": \"main\", \"commits\": \"" + "c".repeat(100 * 1024) + "\"}";
        assertThat(push(daemon, body, "another secret")).isEqualTo(401);
        assertThat(push(daemon, body, "a long enough secret")).isEqualTo(202);
        soon().until(() -> received.size() == 1);
        assertThat(received.get(0)).contains("main");
    }

    /** As GitHub does it: none of the headers of this API. */
    private static int push(Daemon daemon, String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/hooks/push"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
                .header("X-Hub-Signature-256", "sha256=" + signature)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
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
    void a_secret_that_is_missing_is_told_with_the_configuration_that_names_it() throws Exception {
        Path file = writeConfig("");
        Files.writeString(file, Files.readString(file) + "secrets: {door: {env: KEEPWATCH_NO_SUCH_SECRET}}\n");
        Config config = new ConfigLoader(Machine.current()).load(file).config();
        assertThatThrownBy(() -> start(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + " secrets.door");
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
