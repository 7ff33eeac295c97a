package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventStreamTest extends ServedRoutes {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long FIRST = NOW.toEpochMilli() * 1000;

    private final EventRing ring = new EventRing(NOW, 100);

    private static CloudEvent told(String type, Map<String, Object> data) {
        return CloudEvent.of("e", "/host/web-1/backup", type, "backup", NOW, data);
    }

    private void fail(int number) {
        ring.add(told("backup.failed", Map.of("problem", "no answer", "versions", number)));
    }

    private HttpClientResponse open(int port, String query, String... headers) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.GET)
                .setURI("/api/v1/events/stream" + query);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        // What comes before there is a handler would be lost. Asked for out here, the pause might come after the
        // answer, and
        // after it was taken back.
        return client.request(options)
                .compose(request -> request.send().onSuccess(HttpClientResponse::pause))
                .await();
    }

    /** What came so far; written by the client's thread. */
    private record Received(Queue<String> parts) {
        String get() {
            return String.join("", parts);
        }
    }

    private static Received collect(HttpClientResponse response) {
        Received text = new Received(new ConcurrentLinkedQueue<>());
        response.handler(buffer -> text.parts().add(buffer.toString()));
        response.resume();
        return text;
    }

    /** Of events; what the stream says of itself has a name. */
    private static List<String> ids(String text) {
        return Arrays.stream(text.split("\n\n"))
                .filter(message -> !message.startsWith("event: "))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> String.valueOf(FIRST + i))
                .toList();
    }

    @Test
    void events_arrive_as_they_happen_from_now_on() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        fail(1);
        HttpClientResponse response = open(port, "");
        Received text = collect(response);
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/event-stream");
        await().until(() -> text.get().contains("retry: "));
        fail(2);
        fail(3);
        await().until(() -> ids(text.get()).equals(numbers(2, 3)));
        assertThat(text.get()).contains("data: {\"specversion\":\"1.0\"").doesNotContain("missed");
    }

    @Test
    void a_stream_says_first_where_it_begins_so_that_a_client_that_heard_nothing_can_go_on_there() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        fail(1);
        Received text = collect(open(port, ""));
        await().until(() -> text.get().endsWith("data: {\"begun\":true}\n\n"));
        assertThat(text.get()).contains("event: begun\nid: " + (FIRST + 1) + "\n");
        fail(2);
        Received again = collect(open(port, "", "Last-Event-ID", String.valueOf(FIRST + 1)));
        await().until(() -> ids(again.get()).equals(numbers(2, 2)));
        assertThat(again.get()).contains("event: begun\nid: " + (FIRST + 1) + "\n");
    }

    @Test
    void after_a_break_the_stream_goes_on_where_it_was() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        IntStream.rangeClosed(1, 5).forEach(this::fail);
        Received byHeader = collect(open(port, "", "Last-Event-ID", String.valueOf(FIRST + 3)));
        await().until(() -> ids(byHeader.get()).equals(numbers(4, 5)));
        Received byQuery = collect(open(port, "?last_event_id=" + (FIRST + 4)));
        await().until(() -> ids(byQuery.get()).equals(numbers(5, 5)));
    }

    @Test
    void who_comes_too_late_is_told_that_something_is_missing() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        IntStream.rangeClosed(1, 150).forEach(this::fail);
        Received text = collect(open(port, "", "Last-Event-ID", String.valueOf(FIRST + 3)));
        await().until(() -> ids(text.get()).equals(numbers(51, 150)));
        assertThat(text.get()).contains("event: missed\n");
    }

    @Test
    void a_stream_ends_with_the_session_that_opened_it() {
        Access access = new Access(
                List.of(new AccessToken("a", AccessToken.hash("b"), Role.READ)), Set.of(), true, false, false);
        int port = serve(access, new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        List<String> json = List.of("Content-Type", "application/json", "X-Keepwatch", "1");
        String cookie = send(port, "POST", "/api/v1/session", "{\"token\": \"b\"}", json)
                .header("Set-Cookie");
        String session = cookie.substring(0, cookie.indexOf(';'));
        HttpClientResponse response = open(port, "", "Cookie", session);
        AtomicBoolean over = new AtomicBoolean();
        response.endHandler(end -> over.set(true));
        Received text = collect(response);
        fail(1);
        await().untilAsserted(
                        () -> assertThat(response.statusCode() + text.get()).contains("id: " + (FIRST + 1)));
        assertThat(send(port, "DELETE", "/api/v1/session", "", List.of("Cookie", session, "X-Keepwatch", "1"))
                        .status())
                .isEqualTo(204);
        fail(2);
        await().untilTrue(over);
        assertThat(ids(text.get())).isEqualTo(numbers(1, 1));
    }

    @Test
    void only_the_types_that_were_asked_for_are_sent() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        Received text = collect(open(port, "?type=store.*&last_event_id=" + FIRST));
        fail(1);
        ring.add(told("store.reachable", Map.of("outage_seconds", 1.0)));
        await().until(() -> ids(text.get()).equals(numbers(2, 2)));
    }

    @Test
    void a_client_that_reads_nothing_costs_no_memory_and_catches_up_with_what_is_kept() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        HttpClientResponse slow = open(port, "?last_event_id=" + FIRST);
        String problem = "x".repeat(10_000);
        IntStream.rangeClosed(1, 5000)
                .forEach(i -> ring.add(told("backup.failed", Map.of("problem", problem, "versions", i))));
        Received text = collect(slow);
        String newest = String.valueOf(FIRST + 5000);
        await().until(() -> ids(text.get()).contains(newest));
        assertThat(text.get()).contains("event: missed\n");
        assertThat(ids(text.get())).isSorted().doesNotHaveDuplicates().hasSizeLessThan(5000);
    }

    @Test
    void a_page_of_another_site_gets_no_stream() {
        int port = serve(Access.open(), new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        assertThat(open(port, "", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
        assertThat(open(port, "?last_event_id=x").statusCode()).isEqualTo(400);
    }
}
