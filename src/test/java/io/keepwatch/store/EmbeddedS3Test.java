package io.keepwatch.store;

import static io.keepwatch.store.ObjectStoreContract.put;
import static io.keepwatch.store.ObjectStoreContract.text;
import static io.keepwatch.store.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedS3Test {
    @TempDir
    Path directory;

    @Test
    void what_one_server_stored_the_next_one_has_and_nobody_else_may_look() throws Exception {
        Path kept = directory.resolve("store");
        try (EmbeddedS3 first = EmbeddedS3.start(kept);
                ObjectStore store = new S3ObjectStore(first.options(), new RequestLedger(), Clock.systemUTC())) {
            await(store.put(put("a"), text("body")));
        }
        try (EmbeddedS3 second = EmbeddedS3.start(kept);
                ObjectStore store = new S3ObjectStore(second.options(), new RequestLedger(), Clock.systemUTC())) {
            assertThat(ObjectStoreContract.read(store, GetObject.whole("a"))).isEqualTo("body");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_file_system_that_would_lose_metadata_is_refused() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "there is no tmpfs to try");
        Path there = Files.createTempDirectory(memory, "keepwatch");
        try {
            assumeTrue(!takesAttributes(there), "this kernel's tmpfs keeps extended attributes");
            assertThatThrownBy(() -> EmbeddedS3.start(there))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(there.toString())
                    .hasMessageContaining("ext4, xfs or btrfs");
        } finally {
            Files.deleteIfExists(there);
        }
    }

    private static boolean takesAttributes(Path path) {
        try {
            Files.setAttribute(path, "user:keepwatch-test", new byte[2_048]);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
