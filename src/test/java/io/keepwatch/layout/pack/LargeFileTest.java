package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileHasher;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HashedFile;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.Sha256;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.TestCatalog.Change;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large file that was hashed with its segments. */
class LargeFileTest extends PackLayoutFixture {
    private static final int BYTES = (20 << 20) + 12_345;

    @TempDir
    Path folder;

    private final AtomicLong read = new AtomicLong();
    private TestCatalog catalog;

    /** Counts what is read of a content. */
    private final class Counted implements Content {
        private final Content content;

        Counted(Content content) {
            this.content = content;
        }

        @Override
        public long lengthBytes() {
            return content.lengthBytes();
        }

        @Override
        public List<Sha256> segments() {
            return content.segments();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return new FilterInputStream(content.open(offset)) {
                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int count = super.read(bytes, from, length);
                    read.addAndGet(Math.max(0, count));
                    return count;
                }
            };
        }
    }

    @BeforeEach
    void storeFirst() throws Exception {
        catalog = catalog();
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        Files.write(folder.resolve("disk"), bytes);
    }

    private HashedFile hashed() throws IOException {
        return new FileHasher(new RootDirectory(folder)).hash(RawPath.of("disk"));
    }

    private List<StoreOutcome> store(HashedFile file) throws Exception {
        Change change = catalog.file(
                RawPath.of("disk"),
                TestCatalog.meta(FileType.REGULAR, BYTES),
                Files.readAllBytes(folder.resolve("disk")));
        assertThat(change.version().hash()).contains(file.hash());
        read.set(0);
        return catalog.store(new Change(change.version(), Optional.of(new Counted(file.content()))));
    }

    private void change(long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("disk").toFile(), "rw")) {
            file.seek(offset);
            file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }
    }

    @Test
    void only_segments_that_are_stored_nowhere_are_read_again() throws Exception {
        store(hashed());
        assertThat(read).hasValue(BYTES);
        change(7_000_000);
        change(BYTES - 8);
        HashedFile changed = hashed();
        assertThat(changed.content().segments()).hasSize(21);
        store(changed);
        assertThat(read).hasValue((1 << 20) + BYTES % (1 << 20));
        assertThat(catalog.read(catalog.current("disk"))).isEqualTo(Files.readAllBytes(folder.resolve("disk")));
        assertThat(catalog.rebuilt()).isEqualTo(catalog.liveVersions());
    }

    @Test
    void a_file_whose_content_is_stored_in_parts_of_others_is_not_read_again() throws Exception {
        store(hashed());
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("disk").toFile(), "rw")) {
            byte[] block = new byte[1 << 20];
            file.readFully(block);
            file.seek(5 << 20);
            file.write(block);
        }
        store(hashed());
        assertThat(read).hasValue(0);
        assertThat(catalog.read(catalog.current("disk"))).isEqualTo(Files.readAllBytes(folder.resolve("disk")));
    }

    @Test
    void what_changes_after_the_hash_is_not_stored() throws Exception {
        store(hashed());
        change(3_000_000);
        HashedFile changed = hashed();
        Change row = catalog.file(
                RawPath.of("disk"),
                TestCatalog.meta(FileType.REGULAR, BYTES),
                Files.readAllBytes(folder.resolve("disk")));
        change(3_000_100);
        List<StoreOutcome> outcomes =
                catalog.store(new Change(row.version(), Optional.of(new Counted(changed.content()))));
        assertThat(outcomes).singleElement().isInstanceOf(StoreOutcome.NotStored.class);
    }
}
