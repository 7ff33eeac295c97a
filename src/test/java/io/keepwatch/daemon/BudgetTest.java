package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.RequestCount;
import io.keepwatch.config.Config;
import io.keepwatch.http.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest extends DaemonFixture {
    @Override
    Config config() throws IOException {
        return config("{budget: {puts_per_day: 1000}}");
    }

    /** As if a daemon had asked so often today. */
    private void spend(long puts) {
        try (Catalog catalog = Catalog.open(state())) {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            catalog.addRequests(List.of(
                            new RequestCount(today, "PUT", puts, 0, 0),
                            new RequestCount(today.plusDays(1), "PUT", puts, 0, 0)))
                    .join();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean waits(Status status) {
        return status.backlog().pending() == 1 && status.backlog().uploading() == 0;
    }

    @Test
    void a_budget_that_is_used_up_holds_changes_back_but_no_backup_that_is_asked_for() throws IOException {
        spend(1000);
        Files.writeString(watched().resolve("first"), "nothing was stored before, so nothing waits");
        Daemon daemon = start(config());
        Status first = awaitStatus(
                daemon,
                status -> status.state().equals("current")
                        && status.roots().get(0).files() == 1);
        Status.Budget budget = first.budget().orElseThrow();
        assertThat(budget.period()).isEqualTo("day");
        assertThat(budget.unit()).isEqualTo("requests");
        assertThat(budget.limit()).isEqualTo(BigDecimal.valueOf(1000));
        assertThat(budget.used()).isGreaterThan(BigDecimal.valueOf(1000));
        assertThat(budget.intervalSeconds()).isEqualTo(3600);

        long before = requests(daemon);
        Files.writeString(watched().resolve("first"), "changed");
        awaitStatus(daemon, BudgetTest::waits);
        await().during(java.time.Duration.ofMillis(1200)).until(() -> waits(status(daemon)));
        assertThat(requests(daemon)).isEqualTo(before);

        stop(daemon);
        Daemon again = start(config());
        awaitStatus(
                again,
                status -> waits(status) && status.roots().get(0).lastReconcile().isPresent());
        assertThat(requests(again)).isZero();

        reconcile();
        awaitStatus(again, status -> status.state().equals("current"));
        assertThat(requests(again)).isPositive();
        assertRestoresExactly();
    }

    @Test
    void a_stop_waits_for_no_budget() throws IOException {
        spend(1000);
        Daemon daemon = start(config());
        awaitStatus(
                daemon,
                status -> status.state().equals("current")
                        && status.roots().get(0).lastDurable().isPresent());
        Files.writeString(watched().resolve("f"), "x");
        awaitStatus(daemon, status -> status.backlog().pending() > 0);
        daemon.drain(PATIENCE);
        assertThat(status(daemon).backlog().pending()).isZero();
    }

    @Test
    void without_a_budget_none_is_shown() throws IOException {
        assertThat(status(start(config("{}"))).budget()).isEmpty();
    }
}
