package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.http.Calls;
import io.keepwatch.http.CloudEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJournalTest extends DaemonFixture {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static CloudEvent crossed(int number) {
        return CloudEvent.of(
                        "e" + number,
                        "/host/web-1/probe",
                        "threshold.crossed",
                        "/srv",
                        NOW.plusSeconds(number),
                        Map.of("severity", "warning", "value", 0.5 + number, "paths", List.of("a", "b\n")))
                .with(Optional.of("tag:keepwatch.io,2026:threshold.crossed.v1"));
    }

    private EventJournal journal(long mostBytes) {
        return new EventJournal(temporary, mostBytes);
    }

    private List<CloudEvent> read() {
        return journal(100_000).read(NOW.plusSeconds(99)).events();
    }

    private Instant since() {
        return journal(100_000).read(NOW.plusSeconds(99)).since();
    }

    @Test
    void events_are_there_after_a_restart() {
        EventJournal journal = journal(100_000);
        assertThat(journal.read(NOW).events()).isEmpty();
        journal.add(crossed(1));
        journal.add(crossed(2));
        assertThat(read()).containsExactly(crossed(1), crossed(2));
        assertThat(since()).isEqualTo(NOW);
    }

    @Test
    void the_oldest_make_room_and_since_says_so() throws IOException {
        EventJournal journal = journal(2000);
        journal.read(NOW);
        for (int i = 0; i < 30; i++) {
            journal.add(crossed(i));
        }
        List<CloudEvent> kept = read();
        assertThat(kept).hasSizeBetween(6, 16).endsWith(crossed(28), crossed(29));
        assertThat(kept.get(0).time()).isEqualTo(since());
        assertThat(Files.size(temporary.resolve("events.jsonl"))).isLessThanOrEqualTo(2000);
        assertThat(Files.size(temporary.resolve("events.before.jsonl"))).isLessThanOrEqualTo(2000);
    }

    @Test
    void a_line_that_a_crash_cut_off_hides_no_other() throws IOException {
        EventJournal journal = journal(100_000);
        journal.read(NOW);
        journal.add(crossed(1));
        Files.write(
                temporary.resolve("events.jsonl"), new byte[] {'\n', '{', '"', (byte) 0xc3}, StandardOpenOption.APPEND);
        journal.add(crossed(2));
        assertThat(read()).containsExactly(crossed(1), crossed(2));
        assertThat(since()).isEqualTo(NOW);
    }

    @Test
    void a_file_that_does_not_say_when_it_was_begun_goes_on_without_it() throws IOException {
        Files.createFile(temporary.resolve("events.jsonl"));
        EventJournal journal = journal(100_000);
        assertThat(journal.read(NOW).since()).isEqualTo(NOW);
        journal.add(crossed(1));
        assertThat(read()).containsExactly(crossed(1));
        assertThat(since()).isEqualTo(NOW.plusSeconds(99));
    }

    @Test
    void a_folder_that_cannot_be_written_loses_only_the_journal() throws IOException {
        Path gone = temporary.resolve("gone");
        EventJournal journal = new EventJournal(gone);
        assertThat(journal.read(NOW).since()).isEqualTo(NOW);
        journal.add(crossed(1));
        Files.createDirectory(gone);
        journal.add(crossed(2));
        assertThat(new EventJournal(gone).read(NOW).events()).containsExactly(crossed(2));
    }

    private static List<String> types(JsonNode page) {
        List<String> types = new ArrayList<>();
        page.get("items").forEach(item -> types.add(item.get("type").asText()));
        return types;
    }

    @Test
    void the_api_knows_what_happened_before_a_restart() throws Exception {
        Daemon daemon = start();
        String uri = "/events?type=maintenance.completed,store.*";
        Calls api = new Calls(daemon.port());
        daemon.maintain(true).toCompletableFuture().join();
        await().atMost(PATIENCE).until(() -> types(api.get("/events", uri)).contains("maintenance.completed"));
        JsonNode before = api.get("/events", uri);
        stop(daemon);
        Calls again = new Calls(start().port());
        assertThat(again.get("/events", uri)).isEqualTo(before);
        // Of all events there are only those since the start, and the answer says so.
        JsonNode all = again.get("/events", "/events?type=maintenance.completed,file.*");
        assertThat(types(all)).isEmpty();
        assertThat(Instant.parse(all.get("since").asText()))
                .isAfter(Instant.parse(before.get("since").asText()));
    }
}
