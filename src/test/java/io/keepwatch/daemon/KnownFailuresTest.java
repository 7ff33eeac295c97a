package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.history.HistoryReader;
import io.keepwatch.http.Access;
import io.keepwatch.http.BillView;
import io.keepwatch.http.FlushesView;
import io.keepwatch.http.Page;
import io.keepwatch.http.PageRequest;
import io.keepwatch.http.RootsView;
import io.keepwatch.http.Routes;
import io.keepwatch.http.StateRoutes;
import io.keepwatch.http.TimeRange;
import io.keepwatch.workflow.state.StateReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route answers whose files in the state folder give nothing. */
class KnownFailuresTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path state;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** Asks a route whose view fails as it does. */
    private HttpResponse<String> answer(Supplier<?> view) throws IOException, InterruptedException {
        return answer(view, Runnable::run);
    }

    private HttpResponse<String> answer(Supplier<?> view, Executor workers) throws IOException, InterruptedException {
        RootsView roots = () -> {
            throw new IllegalStateException("it should have failed, but gave " + view.get());
        };
        BillView bill = month -> Optional.empty();
        int port = vertx.createHttpServer()
                .requestHandler(Routes.guarded(
                        vertx,
                        Access.open(),
                        List.of(),
                        List.of(),
                        List.of(new StateRoutes(roots, bill, new NoFlushes(), workers)),
                        KnownFailures::told))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/roots"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        return answer;
    }

    private static final class NoFlushes implements FlushesView {
        @Override
        public Page<Flush> flushes(TimeRange range, PageRequest page) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public Timeline timeline(TimeRange range, Optional<Long> stepSeconds) {
            throw new UnsupportedOperationException("nobody asks");
        }
    }

    private static void isPassing(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("30");
    }

    private static void isForAPerson(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void a_catalog_that_is_missing_is_built_anew_by_a_person() throws Exception {
        HttpResponse<String> answer = answer(() -> CatalogReader.open(state));
        isForAPerson(answer);
        assertThat(answer.body()).contains("catalog.db").contains("keepwatch rebuild");
    }

    @Test
    void a_catalog_that_is_damaged_is_built_anew_by_a_person() throws Exception {
        Files.writeString(state.resolve("catalog.db"), "no database at all".repeat(1000));
        HttpResponse<String> answer = answer(() -> CatalogReader.open(state));
        isForAPerson(answer);
        assertThat(answer.body()).contains("is damaged").contains("keepwatch rebuild");
    }

    @Test
    void a_catalog_that_cannot_be_read_just_now_says_where_to_look() throws Exception {
        Files.createDirectory(state.resolve("catalog.db"));
        HttpResponse<String> answer = answer(() -> CatalogReader.open(state));
        isPassing(answer);
        assertThat(answer.body()).contains("look for disk errors");
    }

    @Test
    void a_history_that_is_damaged_says_what_to_do() throws Exception {
        Files.writeString(state.resolve("history.db"), "no database at all".repeat(1000));
        HttpResponse<String> answer = answer(() -> HistoryReader.open(state).series());
        assertThat(answer.body()).contains("history.db").contains("begins anew");
        isPassing(answer);
    }

    @Test
    void a_state_of_rules_that_is_damaged_says_what_to_do() throws Exception {
        Files.writeString(state.resolve("state.db"), "no database at all".repeat(1000));
        HttpResponse<String> answer = answer(() -> StateReader.open(state).run("r1"));
        isPassing(answer);
        assertThat(answer.body()).contains("state.db").contains("move it");
    }

    @Test
    void a_file_that_cannot_be_read_is_named() throws Exception {
        Path file = state.resolve("missing");
        HttpResponse<String> answer = answer(() -> {
            try {
                return FileChannel.open(file, StandardOpenOption.READ);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        isPassing(answer);
        assertThat(answer.body()).contains(file.toString()).contains("the daemon's log");
    }

    @Test
    void a_daemon_that_stops_says_so() throws Exception {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        HttpResponse<String> answer = answer(() -> "", ended);
        isPassing(answer);
        assertThat(answer.body()).contains("ask again when it has started");
    }

    @Test
    void a_mistake_of_the_program_stays_one_and_says_where_to_look() throws Exception {
        HttpResponse<String> answer = answer(() -> List.of().get(0));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the daemon's log");
    }
}
