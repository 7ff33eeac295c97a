package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.event.BackupFailed;
import io.keepwatch.file.FileHasher;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestlessFileTest extends BackupFixture {
    /** A file of sysfs says that it has 4,096 bytes and gives fewer, as one does that was cut while it was read. */
    private static final Path NEVER_WHOLE = Path.of("/sys/kernel/uevent_seqnum");

    private static final RawPath PATH = RawPath.of("uevent_seqnum");

    private boolean isSpoolEmpty() throws IOException {
        try (var files = Files.list(state.resolve("spool"))) {
            return files.findAny().isEmpty();
        }
    }

    private void later() {
        clock.advance(Duration.ofMinutes(15));
    }

    @Test
    void a_file_that_changes_each_time_it_is_read_is_stored_in_the_end_and_marked() throws IOException {
        assumeTrue(Files.isReadable(NEVER_WHOLE), "sysfs is needed for a file that cannot be read whole");
        Uploader uploader = uploader(Map.of(ROOT, NEVER_WHOLE.getParent()));
        sink().pending(PATH, StatReader.lstat(NEVER_WHOLE));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(await(uploader.flush(Lane.SMALL)).notStored()).isEqualTo(1);
            assertThat(attempts("uevent_seqnum")).isEqualTo(attempt);
            later();
        }
        assertThat(await(uploader.flush(Lane.SMALL)).stored()).isEqualTo(1);
        CatalogVersion row = current("uevent_seqnum").orElseThrow();
        assertThat(row.version().inconsistent()).isTrue();
        assertThat(stored("uevent_seqnum")).endsWith("\n").hasSize((int)
                meta("uevent_seqnum").stat().sizeBytes());
        assertThat(isSpoolEmpty()).isTrue();
        assertThat(events(BackupFailed.class)).hasSize(3);
        assertNothingWaits();
    }

    @Test
    void a_file_that_changes_between_reading_and_upload_is_copied_first() throws IOException {
        Path file = Files.write(tree.resolve("a"), new byte[FileHasher.IN_MEMORY_BYTES + 1]);
        changed("a");
        AtomicInteger changes = new AtomicInteger();
        store.before(request -> {
            if (request.endsWith("/a")) {
                changes.incrementAndGet();
                append(file);
            }
        });
        for (int attempt = 1; attempt <= 3; attempt++) {
            flush();
            assertThat(current("a")).isEmpty();
            later();
        }
        flush();
        assertThat(changes).hasValue(4);
        assertThat(current("a").orElseThrow().version().inconsistent()).isFalse();
        assertThat(meta("a").stat().sizeBytes()).isEqualTo(FileHasher.IN_MEMORY_BYTES + 4);
        assertThat(isSpoolEmpty()).isTrue();
        store.before(request -> {});
        changed("a");
        flush();
        assertThat(differences()).isEmpty();
    }

    private static void append(Path file) {
        try {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_copy_is_removed_where_the_catalog_could_not_record_the_upload() throws Exception {
        assumeTrue(Files.isReadable(NEVER_WHOLE), "sysfs is needed for a file that cannot be read whole");
        Uploader uploader = uploader(Map.of(ROOT, NEVER_WHOLE.getParent()));
        sink().pending(PATH, StatReader.lstat(NEVER_WHOLE));
        for (int attempt = 1; attempt <= 3; attempt++) {
            await(uploader.flush(Lane.SMALL));
            later();
        }
        CatalogFault fault = new CatalogFault(state, "NEW.state = 1");
        assertThat(uploader.flush(Lane.SMALL).toCompletableFuture()).failsWithin(Duration.ofSeconds(30));
        assertThat(isSpoolEmpty()).isTrue();
        fault.close();
        assertThat(await(uploader.flush(Lane.SMALL)).stored()).isEqualTo(1);
    }

    @Test
    void what_a_crash_left_in_the_spool_goes_at_the_next_start() throws IOException {
        Files.write(state.resolve("spool").resolve("x.copy"), new byte[10]);
        restart();
        assertThat(isSpoolEmpty()).isTrue();
    }
}
