package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sparse files are hashed and read as what they are, without reading their holes. */
class HolesTest {
    private static final RawPath NAME = RawPath.of("sparse");
    private static final long SIZE = 192L << 20;

    /** What holds on each file system that is trusted with holes. */
    abstract static class OnFileSystem {
        private Path folder;
        private Path file;

        abstract Path place();

        abstract Set<String> types();

        @BeforeEach
        void makeFolder() throws IOException {
            assumeTrue(
                    Files.isDirectory(place())
                            && types().contains(Files.getFileStore(place()).type()),
                    place() + " is on none of " + types());
            assumeTrue(LinuxCalls.areAvailable(), "the calls of the C library are not available");
            folder = Files.createTempDirectory(place(), "keepwatch-holes-");
            file = folder.resolve("sparse");
        }

        @AfterEach
        void removeFolder() throws IOException {
            if (folder != null) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        }

        private void write(long offset, byte[] bytes) throws IOException {
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.setLength(Math.max(out.length(), SIZE));
                out.seek(offset);
                out.write(bytes);
            }
        }

        private static byte[] noise(int length, int seed) {
            byte[] bytes = new byte[length];
            new Random(seed).nextBytes(bytes);
            return bytes;
        }

        /** Bytes that this process has read. */
        private static long readBytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/io")).stream()
                    .filter(line -> line.startsWith("rchar: "))
                    .mapToLong(line -> Long.parseLong(line.substring(7)))
                    .findFirst()
                    .orElseThrow();
        }

        private Sha256 plainHash() throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return Sha256.hash(in.readAllBytes());
            }
        }

        @Test
        void a_hole_is_hashed_and_given_without_being_read() throws IOException {
            write(70L << 20, noise(1 << 20, 1));
            Sha256 expected = plainHash();
            RootDirectory root = new RootDirectory(folder);
            long before = readBytes();
            HashedFile hashed = new FileHasher(root).hash(NAME);
            long whole;
            try (InputStream in = hashed.content().open(0)) {
                whole = in.transferTo(OutputStream.nullOutputStream());
            }
            long read = readBytes() - before;
            assertThat(hashed.hash()).isEqualTo(expected);
            assertThat(hashed.changedWhileRead()).isFalse();
            assertThat(whole).isEqualTo(SIZE);
            assertThat(read).as("1 MiB twice, and some stats").isBetween(2L << 20, 6L << 20);
        }

        /** Data beside the blocks of the file system, not yet on disk; at the beginning, at the end, byte by byte. */
        @Test
        void data_is_found_wherever_it_lies() throws IOException {
            Random random = new Random(5);
            for (int i = 0; i < 40; i++) {
                write((long) (random.nextDouble() * (SIZE - 9_000)), noise(1 + random.nextInt(9_000), i));
            }
            write(0, new byte[] {1});
            write(SIZE - 1, new byte[] {2});
            RootDirectory root = new RootDirectory(folder);
            HashedFile hashed = new FileHasher(root).hash(NAME);
            assertThat(hashed.hash()).isEqualTo(plainHash());
            try (InputStream in = hashed.content().open(SIZE - 3)) {
                assertThat(in.readAllBytes()).containsExactly(0, 0, 2);
            }
        }

        @Test
        void a_file_of_nothing_but_a_hole_and_one_without_any_are_read() throws IOException {
            write(0, new byte[0]);
            RootDirectory root = new RootDirectory(folder);
            assertThat(new FileHasher(root).hash(NAME).hash()).isEqualTo(plainHash());
            Files.write(file, noise(3 << 20, 2));
            assertThat(new FileHasher(root).hash(NAME).hash()).isEqualTo(plainHash());
        }

        @Test
        void a_hole_that_is_filled_after_the_hash_is_a_change() throws IOException {
            write(0, noise(10, 1));
            RootDirectory root = new RootDirectory(folder);
            HashedFile hashed = new FileHasher(root).hash(NAME);
            write(100L << 20, noise(10, 2));
            assertThatThrownBy(() -> {
                        try (InputStream in = hashed.content().open(0)) {
                            in.transferTo(OutputStream.nullOutputStream());
                        }
                    })
                    .isInstanceOf(ContentChangedException.class);
        }
    }

    @Nested
    class OnExt extends OnFileSystem {
        @Override
        Path place() {
            return Path.of(System.getProperty("java.io.tmpdir"));
        }

        @Override
        Set<String> types() {
            return Set.of("ext2", "ext3", "ext4");
        }
    }

    @Nested
    class OnTmpfs extends OnFileSystem {
        @Override
        Path place() {
            return Path.of("/dev/shm");
        }

        @Override
        Set<String> types() {
            return Set.of("tmpfs");
        }
    }
}
