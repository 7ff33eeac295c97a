package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.http.Status;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tree that never rests while it is watched. The long form: {@code ./mvnw -P long test -Dtest=ChurnTest}. */
class ChurnTest extends DaemonFixture {
    private static final int ROUNDS = Boolean.getBoolean("keepwatch.long") ? 60 : 3;
    private static final int STEPS = 500;

    @ParameterizedTest
    @CsvSource({"1, mirror", "20000, pack"})
    void a_tree_under_churn_is_exactly_what_comes_back(long seed, String layout) throws IOException {
        TreeChurn churn = new TreeChurn(watched(), seed);
        churn.steps(100);
        Daemon daemon = start(config("{layout: " + layout + "}"));
        for (int round = 0; round < ROUNDS; round++) {
            churn.steps(STEPS);
            awaitDurable(daemon);
            assertRestoresExactly();
        }
        Status before = status(daemon);
        reconcile();
        awaitStatus(daemon, status -> status.state().equals("current"));
        assertThat(reconcile()).isZero();
        assertThat(status(daemon).requests().sinceStart())
                .as("requests for what the notifications had missed")
                .isEqualTo(before.requests().sinceStart());
    }

    @Test
    void changes_that_come_while_the_first_comparison_runs_are_not_lost() throws IOException {
        TreeChurn churn = new TreeChurn(watched(), 7);
        churn.steps(1_000);
        Daemon daemon = start();
        churn.steps(STEPS);
        awaitDurable(daemon);
        assertRestoresExactly();
        try (CatalogReader catalog = CatalogReader.open(state())) {
            assertThat(catalog.backlog().pending()).isZero();
        }
    }
}
