package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.http.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final Status.Root MISSING = new Status.Root(
            "www",
            "/srv/www",
            "missing",
            Optional.of("/srv/www is not there"),
            Optional.of("mount it"),
            3,
            2048,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Status.Reconcile(1, 20, 0)));

    private static Status status(String state, boolean reachable) {
        return new Status(
                "1.0",
                "web-1",
                7,
                Instant.EPOCH,
                state,
                "a root is missing",
                List.of(MISSING),
                new Status.Backlog(2, 1, 1024, 90.5),
                new Status.Store("mirror", "s3://b/p", reachable, Optional.empty()),
                new Status.Requests(Map.of(), Map.of("PUT", 2L, "GET", 0L), new BigDecimal("0.0100"), "EUR"),
                Optional.of(new Status.Budget("month", "EUR", new BigDecimal("5.00"), new BigDecimal("1.2"), 90)),
                new Status.Maintenance(false, Optional.empty(), Optional.empty()));
    }

    @Test
    void the_verdict_comes_first_and_a_problem_with_its_remedy() {
        assertThat(StatusText.of(status("blocked", true)))
                .startsWith("BLOCKED: a root is missing\n\nROOT ")
                .contains("\n  ! www: /srv/www is not there; mount it\n")
                .contains("never", "now: 20 files so far");
    }

    @Test
    void the_backlog_the_store_and_the_bill_have_one_line_each() {
        assertThat(StatusText.of(status("behind", false)))
                .contains("\nbacklog   2 pending, 1 uploading, 1.0 KiB, lag 1m 30s\n")
                .contains("\nstore     s3://b/p (mirror), NOT reachable\n")
                .contains("\nrequests  none since the start\n")
                .contains("          2 PUT this month: 0.0100 EUR\n")
                .endsWith("\nbudget    1.2 of 5.00 EUR this month, a flush every 1m 30s at most\n");
    }
}
