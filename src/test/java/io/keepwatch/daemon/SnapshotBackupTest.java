package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.file.TestCommand;
import io.keepwatch.snapshot.SnapshotKeeper;
import io.keepwatch.sqlite.SampleDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups from a snapshot of a real btrfs, through a rule in the daemon. */
class SnapshotBackupTest extends RulesFixture {
    private static final Pattern TIME = Pattern.compile("at ([0-9TZ:.-]+) changed (\\d+)");

    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        Path image = temporary.resolve("image");
        try (RandomAccessFile made = new RandomAccessFile(image.toFile(), "rw")) {
            made.setLength(256L << 20);
        }
        assumeTrue(TestCommand.succeeds("mkfs.btrfs", "-q", image.toString()), "mkfs.btrfs of btrfs-progs is missing");
        isMounted = TestCommand.succeeds(
                "mount", "-o", "loop", image.toString(), watched().toString());
        assumeTrue(isMounted, "only root may mount a file system, and only where there are loop devices and btrfs");
        rules("""
                save:
                  on: {webhook: deploy}
                  steps:
                    - id: save
                      backup: "%s/db"
                      with: {from: snapshot}
                    - webhook: ops
                      with: {text: "at ${steps.save.snapshot_at} changed ${steps.save.changes}"}
                  on_failure: [{webhook: ops, with: {text: "failed: ${error.message}"}}]
                """.formatted(watched()));
        Files.createDirectory(watched().resolve("db"));
    }

    @AfterEach
    void unmount() throws Exception {
        stop_the_daemon();
        if (isMounted) {
            assertThat(TestCommand.succeeds("umount", watched().toString())).isTrue();
        }
    }

    private Daemon started() throws Exception {
        return started(withTarget("off"));
    }

    private Daemon started(Config config) throws IOException {
        Daemon daemon = start(config);
        awaitStatus(daemon, status -> status.state().equals("current"));
        return daemon;
    }

    /** Has the rule run, and gives what it told. */
    private String saved(Daemon daemon) throws Exception {
        int before = received.size();
        assertThat(ask(daemon, "POST", "/hooks/deploy", "{}", "Authorization", "Bearer a long enough secret")
                        .statusCode())
                .isEqualTo(202);
        soon().until(() -> received.size() == before + 1);
        return received.get(before);
    }

    private static Instant time(String told) {
        Matcher matcher = TIME.matcher(told);
        assertThat(matcher.find()).as(told).isTrue();
        return Instant.parse(matcher.group(1));
    }

    private List<Path> snapshots() throws IOException {
        try (var found = Files.list(watched().resolve(SnapshotKeeper.FOLDER))) {
            return found.toList();
        }
    }

    /** The folder of snapshots is the one thing that no backup holds. */
    private void assertStoresTheNewest(Daemon daemon) throws IOException {
        Files.delete(watched().resolve(SnapshotKeeper.FOLDER));
        awaitDurable(daemon);
        assertRestoresExactly();
    }

    @Test
    void two_files_of_a_program_that_goes_on_writing_agree() throws Exception {
        Daemon daemon = started();
        CountingProgram program = new CountingProgram(watched().resolve("db"));
        try {
            for (int round = 0; round < 3; round++) {
                Instant at = time(saved(daemon));
                CountingProgram.requireAgreement(restore(Optional.of(at)).resolve("db"));
                assertThat(snapshots()).isEmpty();
            }
        } finally {
            program.end();
        }
        assertStoresTheNewest(daemon);
    }

    @Test
    void a_database_that_is_open_is_copied_from_the_snapshot() throws Exception {
        Path file = watched().resolve("db/app.db");
        try (SampleDatabase database = SampleDatabase.create(file, "wal")) {
            for (int i = 0; i < 7; i++) {
                database.commit();
            }
            database.begin();
            Daemon daemon = started();
            Instant at = time(saved(daemon));
            Path restored = restore(Optional.of(at)).resolve("db/app.db");
            assertThat(SampleDatabase.transactions(restored)).isEqualTo(7);
        }
    }

    @Test
    void what_was_deleted_before_the_snapshot_is_gone_and_what_came_after_it_is_not_there() throws Exception {
        Path gone = Files.writeString(watched().resolve("db/gone"), "x");
        Path stays = Files.writeString(watched().resolve("db/stays"), "one");
        Daemon daemon = started();
        Files.delete(gone);
        Instant at = time(saved(daemon));
        Files.writeString(watched().resolve("db/later"), "x");
        Files.writeString(stays, "two");
        Path restored = restore(Optional.of(at)).resolve("db");
        assertThat(restored.resolve("gone")).doesNotExist();
        assertThat(restored.resolve("later")).doesNotExist();
        assertThat(restored.resolve("stays")).hasContent("one");
        assertStoresTheNewest(daemon);
    }

    @Test
    void a_subvolume_within_is_refused_where_it_belongs_to_the_backup() throws Exception {
        Path within = watched().resolve("db/within");
        assumeTrue(TestCommand.succeeds("btrfs", "subvolume", "create", within.toString()), "btrfs-progs is missing");
        Files.writeString(within.resolve("file"), "x");
        withTarget("off");
        Path file = temporary.resolve("keepwatch.yml");
        Files.writeString(file, Files.readString(file).replace("name: data}", "name: data, one_file_system: false}"));
        Daemon daemon = started(new ConfigLoader(Machine.current()).load(file).config());
        assertThat(saved(daemon)).contains("db/within").contains("subvolume of its own");
        assertThat(snapshots()).isEmpty();
        Files.writeString(watched().resolve("db/more"), "x");
        assertStoresTheNewest(daemon);
    }

    @Test
    void a_subvolume_within_that_belongs_to_no_backup_stays_out_of_it() throws Exception {
        assumeTrue(
                TestCommand.succeeds(
                        "btrfs",
                        "subvolume",
                        "create",
                        watched().resolve("db/within").toString()),
                "btrfs-progs is missing");
        Files.writeString(watched().resolve("db/within/file"), "x");
        Files.writeString(watched().resolve("db/file"), "one");
        Daemon daemon = started();
        Instant at = time(saved(daemon));
        assertThat(restore(Optional.of(at)).resolve("db/file")).hasContent("one");
    }

    @Test
    void what_a_crash_left_behind_is_removed_at_the_next_start_and_nothing_else() throws Exception {
        SnapshotKeeper keeper = SnapshotKeeper.ofThisHost("test", state().resolve("snapshots"));
        keeper.freeze(List.of(watched().resolve("db")), Instant.now(), Optional.empty());
        Path ofOthers = watched().resolve(SnapshotKeeper.FOLDER).resolve("keepwatch-test-1");
        assertThat(TestCommand.succeeds(
                        "btrfs", "subvolume", "snapshot", watched().toString(), ofOthers.toString()))
                .isTrue();
        assertThat(snapshots()).hasSize(2);
        started();
        soon().until(() -> snapshots().equals(List.of(ofOthers)));
        assertThat(state().resolve("snapshots")).isEmptyDirectory();
    }
}
