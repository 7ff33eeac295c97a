package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog cannot record a step: nothing is lost, and nothing stays on its way for ever. */
class CatalogFailureTest extends BackupFixture {
    @ParameterizedTest
    @ValueSource(strings = {"NEW.state = 1", "NEW.state = 2"})
    void rows_that_could_not_be_recorded_are_stored_later(String condition) throws Exception {
        write("a", "one");
        write("b", "two");
        reconcile();
        try (CatalogFault fault = new CatalogFault(state, condition)) {
            assertThat(fault).isNotNull();
            for (int i = 0; i < 3; i++) {
                assertThat(uploader().flush(Lane.SMALL).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
            }
        }
        flushAll();
        assertNothingWaits();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_lane_leaves_the_rows_of_the_other_to_it() throws Exception {
        write("a", "one");
        reconcile();
        try (CatalogFault fault = new CatalogFault(state, "NEW.state = 2")) {
            assertThat(fault).isNotNull();
            assertThat(uploader().flush(Lane.SMALL).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        }
        flush(Lane.LARGE);
        assertThat(backlog().uploading()).isEqualTo(1);
        flush(Lane.SMALL);
        assertNothingWaits();
    }

    @Test
    void an_outage_that_could_not_be_recorded_gives_the_rows_back_later() throws Exception {
        write("a", "one");
        backUp();
        write("a", "two");
        changed("a");
        store.refuseAll(new io.keepwatch.store.StoreException.Transient("no answer", null));
        try (CatalogFault fault = new CatalogFault(state, "OLD.state = 1 AND NEW.state = 0")) {
            assertThat(fault).isNotNull();
            assertThat(uploader().flush(Lane.SMALL).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        }
        store.takeAll();
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        flushAll();
        assertNothingWaits();
        assertThat(stored("a")).isEqualTo("two");
    }
}
