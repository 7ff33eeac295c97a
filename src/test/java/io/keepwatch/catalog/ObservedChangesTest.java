package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.deletion;
import static io.keepwatch.catalog.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.FileType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the samples changed ten seconds before they are observed. */
class ObservedChangesTest {
    @TempDir
    private Path state;

    private static List<String> changes(OpenCatalog session, long from, long to, int limit) {
        return session.reader().changes(at(from), at(to), limit).stream()
                .map(change -> change.path() + "@" + (change.at().getEpochSecond() - at(0).getEpochSecond()))
                .toList();
    }

    @Test
    void what_is_new_different_or_gone_is_a_change_and_what_was_there_at_first_is_none() {
        try (OpenCatalog session = new OpenCatalog(state)) {
            session.durable(file("a", 1, 100));
            session.durable(file("dir/b", 1, 100));
            session.durable(file("new", 1, 200));
            session.durable(file("dir/b", 2, 300));
            session.durable(deletion("a", 400));
            session.pending(file("waits", 1, 500));
            assertThat(changes(session, 0, 1000, 9)).containsExactly("new@200", "dir/b@300", "a@400", "waits@500");
        }
    }

    @Test
    void a_version_that_differs_is_a_change_whatever_its_times_say() {
        try (OpenCatalog session = new OpenCatalog(state)) {
            session.durable(file("a", 1, 100));
            session.durable(Samples.version("a", Samples.stat(FileType.REGULAR, 2, 1, 7, 1), 200));
            assertThat(changes(session, 0, 1000, 9)).containsExactly("a@200");
        }
    }

    @Test
    void times_and_the_number_bound_them_the_oldest_first() {
        try (OpenCatalog session = new OpenCatalog(state)) {
            session.durable(file("a", 1, 100));
            session.durable(file("a", 2, 200));
            session.durable(file("a", 3, 300));
            session.durable(file("a", 4, 400));
            assertThat(changes(session, 200, 400, 9)).containsExactly("a@200", "a@300");
            assertThat(changes(session, 0, 1000, 1)).containsExactly("a@200");
        }
    }
}
