package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.file.RawPath;
import io.keepwatch.http.Calls;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API of a running daemon: what it answers is true, and as its document promises. */
class ApiTest extends DaemonFixture {
    private Config allowing(String http) throws IOException {
        Path file = writeConfig("");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("{listen: \"127.0.0.1:0\"}", "{listen: \"127.0.0.1:0\"" + http + "}")
                        .replace("probes: off", "probes: {memory.usage: 1s, disk.usage: off}"));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private static List<String> texts(JsonNode list, String key) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.get(key).asText()));
        return texts;
    }

    @Test
    void a_directory_can_be_read_as_it_was() throws Exception {
        Daemon daemon = start();
        Calls api = new Calls(daemon.port());
        Files.createDirectories(watched().resolve("a/deep"));
        Files.writeString(watched().resolve("a/one"), "first");
        Files.write(RawPath.of(new byte[] {'a', '/', (byte) 0xff, '\\'}).under(watched()), new byte[] {1});
        awaitDurable(daemon);
        JsonNode before = api.get("/files", "/files?root=data&path=a");
        assertThat(texts(before.get("items"), "name")).containsExactly("deep", "one", "\\xff\\\\");
        String then = before.get("items").get(1).get("observed").asText();
        Files.writeString(watched().resolve("a/one"), "second");
        Files.delete(watched().resolve("a/deep"));
        awaitDurable(daemon);
        assertThat(texts(api.get("/files", "/files?root=data&path=a").get("items"), "name"))
                .containsExactly("one", "\\xff\\\\");
        assertThat(texts(
                        api.get("/files", "/files?root=data&path=a&deleted=true")
                                .get("items"),
                        "name"))
                .containsExactly("deep", "one", "\\xff\\\\");
        assertThat(texts(api.get("/files", "/files?root=data&path=a&at=" + then).get("items"), "name"))
                .contains("one");
        assertThat(texts(
                        api.get("/files", "/files?root=data&path=a%2F%5Cxff%5C%5C")
                                .get("items"),
                        "name"))
                .isEmpty();
        JsonNode versions = api.get("/files/versions", "/files/versions?root=data&path=a/one");
        assertThat(texts(versions.get("items"), "state")).containsExactly("current", "past");
        long past = versions.get("items").get(1).get("version").asLong();
        assertThat(content(api, "root=data&path=a/one")).isEqualTo("second");
        assertThat(content(api, "root=data&path=a/one&version=" + past)).isEqualTo("first");
        assertThat(content(api, "root=data&path=a%2F%5Cxff%5C%5C")).isEqualTo("\u0001");
    }

    private static String content(Calls api, String query) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = api.call("GET /files/content", "/files/content?" + query, "", 200);
        assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                .startsWith("attachment; ");
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void lists_come_in_pages() throws Exception {
        Daemon daemon = start();
        Calls api = new Calls(daemon.port());
        for (int i = 0; i < 5; i++) {
            Files.writeString(watched().resolve("f" + i), "x");
        }
        awaitDurable(daemon);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/files", "/files?root=data&limit=2" + cursor);
            assertThat(page.get("items")).hasSizeBetween(1, 2);
            seen.addAll(texts(page.get("items"), "name"));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asText();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("f0", "f1", "f2", "f3", "f4", "mark");
        JsonNode flushes = api.get("/flushes", "/flushes?limit=1");
        assertThat(flushes.get("items")).hasSize(1);
        JsonNode older = api.get(
                "/flushes", "/flushes?limit=1&cursor=" + flushes.get("next").asText());
        assertThat(older.get("items").get(0).get("id").asLong())
                .isLessThan(flushes.get("items").get(0).get("id").asLong());
        JsonNode events = api.get("/events", "/events?type=backup.*&limit=1");
        assertThat(texts(events.get("items"), "type")).containsExactly("backup.completed");
        assertThat(events.get("next").isNull()).isFalse();
        JsonNode versions = api.get("/files/versions", "/files/versions?root=data&path=mark&limit=1");
        assertThat(versions.get("items")).hasSize(1);
        assertThat(api.get(
                                "/files/versions",
                                "/files/versions?root=data&path=mark&limit=1&cursor="
                                        + versions.get("next").asText())
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void a_content_that_is_known_is_not_sent_and_one_that_is_too_large_neither() throws Exception {
        Daemon daemon = start();
        Calls api = new Calls(daemon.port());
        Files.writeString(watched().resolve("file"), "content");
        awaitDurable(daemon);
        String uri = "/files/content?root=data&path=file";
        String tag = api.call("GET /files/content", uri, "", 200)
                .headers()
                .firstValue("etag")
                .orElseThrow();
        long requests = requests(daemon);
        api.call("GET /files/content", uri, "", 304, "If-None-Match", tag);
        api.call("GET /files/content", uri + "&max_bytes=6", "", 413);
        assertThat(requests(daemon)).isEqualTo(requests);
        assertThat(state().resolve("spool")).isEmptyDirectory();
        api.call("GET /files/content", uri + "x", "", 404);
        api.call("GET /files/content", uri + "&version=999999", "", 404);
        assertThat(api.send("GET /files", "/files?root=dta", "", 404)
                        .get("detail")
                        .asText())
                .contains("\"dta\"")
                .contains("data");
        api.send("GET /files", "/files?root=data&path=../etc", "", 400);
        api.send("GET /files", "/files?path=a", "", 400);
        api.send("GET /files", "/files?root=data&at=yesterday", "", 400);
        api.send("GET /files", "/files?root=data&limit=0", "", 400);
    }

    @Test
    void a_restore_is_started_followed_and_ends() throws Exception {
        Files.writeString(watched().resolve("file"), "content");
        Path target = Files.createDirectory(temporary.toRealPath().resolve("target"));
        Daemon daemon = start(allowing(", restore_to: [\"" + target + "\"]"));
        Calls api = new Calls(daemon.port());
        awaitDurable(daemon);
        String order = "{\"patterns\": [\"data\"], \"to\": \"" + target + "/new\"}";
        JsonNode begun = api.send("POST /restores", "/restores", order, 202);
        assertThat(begun.get("by").asText()).isEqualTo("loopback");
        JsonNode ended = awaitEnd(api, begun.get("id").asText());
        assertThat(ended.get("state").asText()).isEqualTo("succeeded");
        assertThat(target.resolve("new/file")).hasContent("content");
        Files.writeString(target.resolve("new/file"), "mine");
        JsonNode again = awaitEnd(
                api,
                api.send("POST /restores", "/restores", order, 202).get("id").asText());
        assertThat(again.get("state").asText()).isEqualTo("incomplete");
        assertThat(again.at("/report/notes/0/path").asText()).isEqualTo("file");
        assertThat(target.resolve("new/file")).hasContent("mine");
        assertThat(texts(api.get("/restores", "/restores").get("items"), "id")).containsExactly("r2", "r1");
        assertThat(api.send("DELETE /restores/{id}", "/restores/r1", "", 202)
                        .get("state")
                        .asText())
                .isEqualTo("succeeded");
        api.send("GET /restores/{id}", "/restores/r9", "", 404);
        api.send("POST /restores", "/restores", "{\"patterns\": [], \"to\": \"/\"}", 400);
    }

    private static JsonNode awaitEnd(Calls api, String id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> api.get("/restores/{id}", "/restores/" + id),
                        restore -> !restore.get("ended").isNull());
    }

    @Test
    void a_restore_goes_nowhere_but_where_the_configuration_says() throws Exception {
        Path target = Files.createDirectory(temporary.toRealPath().resolve("target"));
        Path elsewhere = Files.createDirectory(temporary.toRealPath().resolve("elsewhere"));
        Files.createSymbolicLink(target.resolve("link"), elsewhere);
        Daemon daemon = start(allowing(", restore_to: [\"" + target + "\"]"));
        Calls api = new Calls(daemon.port());
        for (String to :
                List.of(elsewhere.toString(), target + "x", target + "/link", target + "/link/deeper", "/", "/etc")) {
            JsonNode problem =
                    api.send("POST /restores", "/restores", "{\"patterns\": [\"data\"], \"to\": \"" + to + "\"}", 403);
            assertThat(problem.get("detail").asText()).contains("http.restore_to");
        }
        for (String to : List.of(target + "/../elsewhere", "relative", "")) {
            api.send("POST /restores", "/restores", "{\"patterns\": [\"data\"], \"to\": \"" + to + "\"}", 400);
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void without_folders_restores_are_refused_and_the_key_is_named() throws Exception {
        Calls api = new Calls(start().port());
        assertThat(api.send("POST /restores", "/restores", "{\"patterns\": [\"data\"], \"to\": \"/tmp/x\"}", 403)
                        .get("detail")
                        .asText())
                .contains("http.restore_to");
    }

    @Test
    void every_other_question_has_the_answer_that_the_document_promises() throws Exception {
        Daemon daemon = start(allowing(""));
        Calls api = new Calls(daemon.port());
        Files.writeString(watched().resolve("file"), "content");
        awaitDurable(daemon);
        assertThat(api.get("/status", "/status").get("state").asText()).isEqualTo("current");
        assertThat(texts(api.get("/roots", "/roots").get("items"), "name")).containsExactly(ROOT);
        assertThat(api.get("/requests", "/requests").get("requests").get("PUT")).isNotNull();
        assertThat(api.get("/requests", "/requests?month=2020-01").get("total").asDouble())
                .isZero();
        assertThat(api.get("/flushes/timeline", "/flushes/timeline?step=1h").get("items"))
                .isNotEmpty();
        JsonNode probes = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/probes", "/probes"),
                        found -> found.toString().contains("memory.total_bytes"));
        assertThat(texts(probes.get("items"), "state")).contains("reads", "off");
        api.get("/readings", "/readings");
        api.get("/readings/points", "/readings/points?name=memory.total_bytes&aggregate=max&step=1m");
        api.send("GET /readings/points", "/readings/points?name=x&aggregate=sum", "", 400);
        api.send("GET /readings/points", "/readings/points?name=x&step=1s&from=2000-01-01T00:00:00Z", "", 400);
        assertThat(api.send("POST /backups", "/backups", "{\"path\": \"" + watched() + "\"}", 202)
                        .get("root")
                        .asText())
                .isEqualTo(ROOT);
        api.send("POST /backups", "/backups", "{\"path\": \"/nowhere\"}", 400);
        api.send("POST /backups", "/backups", "{", 400);
        HttpResponse<byte[]> configuration = api.call("GET /configuration", "/configuration", "", 200);
        assertThat(new String(configuration.body(), StandardCharsets.UTF_8)).contains("\"max_delay\":\"1s\"");
        String tag = configuration.headers().firstValue("etag").orElseThrow();
        api.call("GET /configuration", "/configuration", "", 304, "If-None-Match", tag);
        api.call("GET /openapi.yaml", "/openapi.yaml", "", 200);
        assertThat(api.get("/session", "/session").get("login").asBoolean()).isFalse();
        for (String rules : List.of("/rules", "/runs", "/approvals", "/silences")) {
            api.get(rules, rules);
        }
        api.call("GET /runs/{id}", "/runs/1", "", 404);
        api.call("POST /events/{id}/replay", "/events/1/replay", "", 404);
        assertThat(api.send("POST /reload", "/reload", "", 200).get("accepted").asBoolean())
                .isTrue();
    }
}
