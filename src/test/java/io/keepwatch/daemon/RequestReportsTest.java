package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.RequestCount;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import io.keepwatch.store.RequestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestReportsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final RequestCounts TWO_GETS = new RequestCounts(Map.of(RequestClass.GET, 2L), 0, 100);

    @TempDir
    private Path state;

    private RequestReports reports() {
        return new RequestReports(state);
    }

    @Test
    void what_is_reported_waits_with_its_day() throws IOException {
        reports().add(NOON, TWO_GETS);
        assertThat(reports().waiting(DAY, DAY)).containsExactly(new RequestCount(DAY, "GET", 2, 0, 100));
        assertThat(reports().waiting(DAY.plusDays(1), DAY.plusDays(30))).isEmpty();
    }

    @Test
    void a_report_can_be_read_by_a_daemon_of_another_user() throws IOException {
        reports().add(NOON, TWO_GETS);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(reports().files().get(0))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void nothing_asked_leaves_no_report() throws IOException {
        reports().add(NOON, RequestCounts.NONE);
        assertThat(state).isEmptyDirectory();
        assertThat(reports().waiting(DAY, DAY)).isEmpty();
    }

    @Test
    void a_file_that_is_no_report_does_not_hide_the_others() throws IOException {
        reports().add(NOON, TWO_GETS);
        Files.writeString(state.resolve("requests/cut.json"), "{\"requests\":[{\"da");
        Files.writeString(
                state.resolve("requests/later.json"),
                "{\"requests\":[{\"day\":\"2026-11-24\",\"request_class\":\"TELEPATHY\",\"requests\":1}]}");
        assertThat(reports().waiting(DAY, DAY)).hasSize(1);
    }

    @Test
    void the_daemon_adds_every_report_to_the_catalog_once() throws IOException {
        reports().add(NOON, TWO_GETS);
        reports().add(NOON, TWO_GETS);
        RequestLedger ledger = new RequestLedger();
        ledger.sent(RequestClass.PUT, 10);
        try (Catalog catalog = Catalog.open(state)) {
            RequestTotals totals = new RequestTotals(ledger, reports(), catalog, Clock.systemUTC());
            totals.save().join();
            totals.save().join();
            assertThat(catalog.reader().requests(DAY, DAY)).contains(new RequestCount(DAY, "GET", 4, 0, 200));
            assertThat(totals.sinceStart().total()).isEqualTo(1);
        }
        assertThat(reports().files()).isEmpty();
    }
}
