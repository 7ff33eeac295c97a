package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.http.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many requests a backup takes, exactly, on the embedded server. */
class FlushTogetherTest extends DaemonFixture {
    private static final int FILES = 20_000;
    private static final int FILES_A_DIRECTORY = 100;
    private static final int FILE_BYTES = 4_096;

    private final Random random = new Random(42);

    private Path file(int number) throws IOException {
        return watched().resolve("d" + number / FILES_A_DIRECTORY).resolve("f" + number + ".txt");
    }

    /** A text of hexadecimal numbers, unlike any other. */
    private void write(int number) throws IOException {
        StringBuilder text = new StringBuilder(FILE_BYTES);
        while (text.length() < FILE_BYTES) {
            text.append(Long.toHexString(random.nextLong())).append(text.length() % 5 == 0 ? '\n' : ' ');
        }
        Files.writeString(file(number), text.substring(0, FILE_BYTES));
    }

    private static long uploads(Daemon daemon) {
        Status.Requests requests = status(daemon).requests();
        return List.of("PUT", "COPY", "POST", "LIST").stream()
                .mapToLong(type -> requests.sinceStart().getOrDefault(type, 0L))
                .sum();
    }

    @Override
    Config config() throws IOException {
        Path file = writeConfig("");
        // Longer than it takes to write the files of a burst.
        Files.writeString(
                file, Files.readString(file).replace("quiet: 100ms, max_delay: 1s", "quiet: 2s, max_delay: 30s"));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    @Test
    void many_files_travel_in_few_requests() throws IOException {
        for (int i = 0; i < FILES; i++) {
            if (i % FILES_A_DIRECTORY == 0) {
                Files.createDirectories(file(i).getParent());
            }
            write(i);
        }
        Daemon daemon = start();
        // Much longer than it takes: other work on the machine must not fail a count.
        await().atMost(Duration.ofMinutes(5))
                .until(
                        () -> status(daemon),
                        status -> status.state().equals("current")
                                && status.roots().get(0).files() == FILES);
        assertThat(uploads(daemon)).isBetween(2L, 4L);

        long before = requests(daemon);
        for (int i = 0; i < 100; i++) {
            write(i * FILES / 100);
        }
        awaitStatus(
                daemon,
                status -> status.backlog().pending() + status.backlog().uploading() > 0 || requests(daemon) > before);
        awaitStatus(daemon, status -> status.state().equals("current"));
        assertThat(requests(daemon) - before).isEqualTo(1);
        assertThat(reconcile()).isZero();
        assertThat(requests(daemon) - before).isEqualTo(1);
    }
}
