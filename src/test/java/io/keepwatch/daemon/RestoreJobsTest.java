package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.backup.restore.MemoryBackup;
import io.keepwatch.backup.restore.RestoreRoot;
import io.keepwatch.backup.restore.Restorer;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.RestoresView.Order;
import io.keepwatch.http.RestoresView.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs begin when the test says so. */
class RestoreJobsTest {
    private static final int FILES = 20;

    @TempDir
    private Path temporary;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Runnable beforeEachFile = () -> {};

    /** Twenty files to restore, one after the other on this thread. */
    private RestoreJobs jobs() throws IOException {
        Path source = Files.createDirectories(temporary.toRealPath().resolve("source"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(source.resolve("file-" + i), "content " + i);
        }
        MemoryBackup backup = MemoryBackup.of("data", source);
        Restorer restorer = new Restorer(
                backup,
                backup,
                List.of(new RestoreRoot("data", source)),
                task -> {
                    beforeEachFile.run();
                    task.run();
                },
                1);
        return new RestoreJobs(restorer, new RestoreTargets(List.of(allowed())), waiting::add, Clock.systemUTC());
    }

    private Path allowed() throws IOException {
        return Files.createDirectories(temporary.toRealPath().resolve("allowed"));
    }

    private static Order order(Path to) {
        return new Order(List.of("data"), Optional.empty(), to.toString(), "never", "numbers", false);
    }

    private static String state(RestoreJobs jobs, String id) {
        return jobs.find(id).map(Restore::state).orElse("");
    }

    @Test
    void a_restore_that_is_cancelled_while_it_waits_has_ended_and_makes_room() throws IOException {
        RestoreJobs jobs = jobs();
        Order order = order(allowed().resolve("to"));
        for (int i = 0; i < 10; i++) {
            jobs.start(order, "ada");
        }
        assertThatThrownBy(() -> jobs.start(order, "ada")).isInstanceOf(RefusedException.class);
        assertThat(jobs.cancel("r10").flatMap(Restore::ended)).isPresent();
        assertThat(state(jobs, "r10")).isEqualTo("cancelled");
        assertThat(jobs.start(order, "ada").state()).isEqualTo("waiting");
        waiting.forEach(Runnable::run);
        assertThat(state(jobs, "r10")).isEqualTo("cancelled");
        assertThat(state(jobs, "r1")).isEqualTo("succeeded");
    }

    @Test
    void a_restore_that_is_cancelled_while_it_runs_ends_with_what_it_has() throws IOException {
        RestoreJobs jobs = jobs();
        Path to = allowed().resolve("to");
        String id = jobs.start(order(to), "ada").id();
        beforeEachFile = () -> jobs.cancel(id);
        waiting.remove().run();
        assertThat(state(jobs, id)).isEqualTo("cancelled");
        assertThat(jobs.find(id).flatMap(Restore::report).orElseThrow().restored())
                .isLessThan(FILES);
        beforeEachFile = () -> {};
        String again = jobs.start(order(to), "ada").id();
        waiting.remove().run();
        assertThat(state(jobs, again)).isEqualTo("succeeded");
        assertThat(to.resolve("file-19")).hasContent("content 19");
    }

    @Test
    void a_folder_that_becomes_a_link_while_the_restore_waits_is_not_written_through() throws IOException {
        RestoreJobs jobs = jobs();
        Path outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
        Path folder = Files.createDirectory(allowed().resolve("of-ada"));
        String id = jobs.start(order(folder), "ada").id();
        Files.delete(folder);
        Files.createSymbolicLink(folder, outside);
        waiting.remove().run();
        assertThat(state(jobs, id)).isEqualTo("failed");
        assertThat(jobs.find(id).flatMap(Restore::problem).orElse("")).contains("is a link or no directory");
        assertThat(outside).isEmptyDirectory();
    }
}
