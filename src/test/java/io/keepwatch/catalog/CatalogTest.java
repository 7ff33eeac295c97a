package io.keepwatch.catalog;

import static io.keepwatch.catalog.Samples.ROOT;
import static io.keepwatch.catalog.Samples.at;
import static io.keepwatch.catalog.Samples.file;
import static io.keepwatch.catalog.Samples.hashed;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    Path directory;

    @Test
    void a_change_goes_from_pending_to_durable() {
        try (OpenCatalog open = new OpenCatalog(directory)) {
            FileVersion seen = file("a/b", 5, 0);
            long id = open.pending(seen);

            assertThat(open.reader().claimable(10, at(0)))
                    .containsExactly(new CatalogVersion(
                            id, seen, State.PENDING, Optional.empty(), Optional.empty(), seen.observed(), 0));

            FileVersion read = hashed(seen, "bytes");
            open.claim(id, read);
            open.finish(id, at(3));

            assertThat(open.reader().current(ROOT, RawPath.of("a/b")))
                    .contains(new CatalogVersion(
                            id,
                            read,
                            State.DURABLE,
                            Optional.of("object-" + id),
                            Optional.of(at(3)),
                            seen.observed(),
                            0));
            assertThat(open.names("a")).containsExactly("b");
        }
    }
}
