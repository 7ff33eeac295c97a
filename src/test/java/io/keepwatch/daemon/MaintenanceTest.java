package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.config.Config;
import io.keepwatch.event.DrillCompleted;
import io.keepwatch.event.Event;
import io.keepwatch.event.MaintenanceCompleted;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MaintenanceTest extends DaemonFixture {
    private static final String NO_HISTORY =
            "{retention: {keep_all: 0s, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0}}";

    private final List<Event> events = new ArrayList<>();

    private static MaintenanceCompleted run(Daemon daemon) {
        return daemon.maintain(false).toCompletableFuture().join();
    }

    /** As a command does it where no daemon runs. */
    private MaintenanceCompleted runAlone(Config config, Duration later) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        try (Catalog catalog = Catalog.open(config.state());
                Backend backend = Backend.writing(config, catalog, clock)) {
            Maintenance maintenance = new Maintenance(config, catalog, backend, Runnable::run, clock, events::add);
            MaintenanceCompleted done =
                    maintenance.run(false).toCompletableFuture().join();
            maintenance.drillWhereDue().toCompletableFuture().join();
            return done;
        }
    }

    @Test
    void maintenance_of_an_idle_daemon_makes_no_request() throws IOException {
        Files.writeString(watched().resolve("a"), "a");
        Daemon daemon = start();
        awaitDurable(daemon);
        assertThat(run(daemon).problem()).isEmpty();
        long before = requests(daemon);
        MaintenanceCompleted again = run(daemon);
        assertThat(again.problem()).isEmpty();
        assertThat(requests(daemon)).isEqualTo(before).isPositive();
    }

    @Test
    void the_first_maintenance_stores_a_copy_of_the_catalog_and_how_to_restore_and_the_next_does_not()
            throws IOException {
        Files.writeString(watched().resolve("a"), "a");
        Daemon daemon = start();
        awaitDurable(daemon);
        long before = requests(daemon);
        run(daemon);
        assertThat(requests(daemon))
                .as("PUT and LIST for the copy, PUT for RESTORE.md and restore.sh")
                .isEqualTo(before + 4);
        run(daemon);
        assertThat(requests(daemon)).isEqualTo(before + 4);
    }

    @Test
    void replaced_versions_go_and_what_is_current_can_be_restored() throws IOException {
        Files.writeString(watched().resolve("a"), "one");
        Daemon daemon = start(config(NO_HISTORY));
        awaitDurable(daemon);
        Files.writeString(watched().resolve("a"), "two, and longer");
        awaitDurable(daemon);
        MaintenanceCompleted done = run(daemon);
        assertThat(done.versions()).isPositive();
        awaitStatus(daemon, status -> status.maintenance().last().isPresent());
        assertRestoresExactly();
    }

    @Test
    void a_path_has_the_retention_of_the_last_pattern_that_matches() throws IOException {
        Files.writeString(watched().resolve("a.log"), "one");
        Files.writeString(watched().resolve("a.txt"), "one");
        Daemon daemon = start(config("{retention: {paths: [{match: [\"*.log\"], keep_all: 0s, hourly: 0, daily: 0,"
                + " weekly: 0, monthly: 0, yearly: 0}]}}"));
        awaitDurable(daemon);
        Files.writeString(watched().resolve("a.log"), "two, and longer");
        Files.writeString(watched().resolve("a.txt"), "two, and longer");
        awaitDurable(daemon);
        run(daemon);
        try (var catalog = CatalogReader.open(state())) {
            assertThat(catalog.versions(ROOT, RawPath.of("a.log"))).hasSize(1);
            assertThat(catalog.versions(ROOT, RawPath.of("a.txt"))).hasSize(2);
        }
    }

    @Test
    void losing_the_last_content_of_most_files_is_refused_and_told() throws IOException {
        for (int i = 0; i < 120; i++) {
            Files.writeString(watched().resolve("file-" + i), "content " + i);
        }
        Daemon daemon = start(config(NO_HISTORY));
        awaitDurable(daemon);
        for (int i = 0; i < 120; i++) {
            Files.delete(watched().resolve("file-" + i));
        }
        awaitDurable(daemon);
        assertThat(run(daemon).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("would lose the last content"));
        awaitStatus(
                daemon,
                status -> status.maintenance()
                        .last()
                        .flatMap(last -> last.problem())
                        .isPresent());
        assertThat(daemon.maintain(true).toCompletableFuture().join().versions())
                .isGreaterThanOrEqualTo(120);
    }

    @Test
    void a_stop_during_maintenance_loses_nothing_and_the_next_run_goes_on() throws IOException {
        for (int i = 0; i < 40; i++) {
            Files.writeString(watched().resolve("file-" + i), "one " + i);
        }
        Config config = config(NO_HISTORY);
        Daemon daemon = start(config);
        awaitDurable(daemon);
        for (int i = 0; i < 40; i++) {
            Files.writeString(watched().resolve("file-" + i), "two, and longer " + i);
        }
        awaitDurable(daemon);
        CompletableFuture<MaintenanceCompleted> run = daemon.maintain(false).toCompletableFuture();
        stop(daemon);
        assertThat(run).as("the daemon waits for its end").isDone();
        Daemon next = start(config);
        awaitDurable(next);
        assertThat(run(next).problem()).isEmpty();
        try (var catalog = CatalogReader.open(state())) {
            assertThat(catalog.versions(ROOT, RawPath.of("file-7"))).hasSize(1);
        }
        assertRestoresExactly();
    }

    @Test
    void maintenance_that_is_stopped_breaks_off_before_it_asks_the_store() throws IOException {
        Files.writeString(watched().resolve("a"), "one");
        Config config = config(NO_HISTORY);
        Daemon daemon = start(config);
        awaitDurable(daemon);
        Files.writeString(watched().resolve("a"), "two, and longer");
        awaitDurable(daemon);
        stop(daemon);
        try (Catalog catalog = Catalog.open(config.state());
                Backend backend = Backend.writing(config, catalog, Clock.systemUTC())) {
            Maintenance maintenance =
                    new Maintenance(config, catalog, backend, Runnable::run, Clock.systemUTC(), events::add);
            maintenance.stop();
            assertThat(maintenance.run(false).toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .withMessageContaining("maintenance was stopped");
            assertThat(backend.ledger().snapshot().total()).isZero();
            assertThat(events).isEmpty();
        }
        assertThat(runAlone(config, Duration.ZERO).problem()).isEmpty();
        assertRestoresExactly();
    }

    @Test
    void a_drill_reads_a_sample_back_when_its_time_has_come() throws IOException {
        Files.writeString(watched().resolve("a"), "a");
        Files.writeString(watched().resolve("b"), "b");
        Config config = config("{drill: {every: 7d, files: 2}}");
        Daemon daemon = start(config);
        awaitDurable(daemon);
        stop(daemon);
        runAlone(config, Duration.ZERO);
        runAlone(config, Duration.ofDays(6));
        assertThat(drills()).hasSize(1);
        runAlone(config, Duration.ofDays(8));
        assertThat(drills()).hasSize(2).allSatisfy(drill -> {
            assertThat(drill.files()).isEqualTo(2);
            assertThat(drill.wrong()).isZero();
            assertThat(drill.problem()).isEqualTo(Optional.empty());
        });
    }

    private List<DrillCompleted> drills() {
        return events.stream()
                .filter(DrillCompleted.class::isInstance)
                .map(DrillCompleted.class::cast)
                .toList();
    }
}
