package io.keepwatch.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import io.keepwatch.file.Xattr;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestoreRoundTripTest extends RestoreFixture {
    private static final Instant EXACT = Instant.parse("2011-03-04T05:06:07.123456789Z");
    private static final byte[] ACL = {
        2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 2, 0, 4, 0, 123, 0, 0, 0, 4, 0, 4, 0, -1, -1, -1, -1, 16, 0, 4, 0, -1,
        -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1
    };

    private static void assumeLinux() {
        assumeThat(HeldDirectory.isSafeFromRaces()).as("system calls of Linux").isTrue();
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private void setTime(String path, Instant time) throws IOException {
        HeldDirectory at = HeldDirectory.open(source);
        for (byte[] name : RawPath.of(path).parent().orElse(RawPath.ROOT).segments()) {
            at = at.directory(name);
        }
        try (HeldEntry entry = at.entry(RawPath.of(path).name())) {
            entry.setModified(time);
        }
    }

    @Test
    void a_tree_of_everything_comes_back_equal() throws IOException {
        assumeLinux();
        write("plain", "text");
        write("empty", "");
        byte[] large = new byte[3_000_000];
        new Random(5).nextBytes(large);
        Files.write(source.resolve("large"), large);
        write("d/e/f/deep", "deep");
        Files.createDirectory(source.resolve("d/hollow"));
        Files.createSymbolicLink(source.resolve("d/link"), Path.of("../nowhere"));
        Files.createLink(source.resolve("d/second name"), source.resolve("plain"));
        Files.createLink(source.resolve("a third name"), source.resolve("plain"));
        Files.setPosixFilePermissions(source.resolve("plain"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(source.resolve("large"), "unix:mode", 0751);
        try (HeldDirectory directory = HeldDirectory.open(source)) {
            directory.createNode(new byte[] {'p'}, FileType.FIFO, 0);
        }
        setTime("plain", EXACT);
        setTime("d/link", EXACT.plusNanos(1));
        setTime("p", EXACT.plusNanos(2));
        setTime("d/e/f", EXACT.plusNanos(3));
        setTime("d/e", Instant.parse("1901-01-01T00:00:00.000000001Z"));
        Files.setPosixFilePermissions(source.resolve("d/e"), PosixFilePermissions.fromString("r-xr-x---"));
        setTime("d", EXACT.plusNanos(5));

        RestoreReport report = restoreAll(backup());

        assertThat(report.failedNotes()).isEmpty();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.bytes()).isEqualTo(4 + 4 + 3_000_000);
        assertThat(differences()).isEmpty();
        Files.setPosixFilePermissions(source.resolve("d/e"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(target.resolve("d/e"), PosixFilePermissions.fromString("rwxr-x---"));
    }

    @Test
    void attributes_and_acls_come_back_equal() throws IOException {
        assumeLinux();
        write("d/f", "x");
        try (HeldDirectory top = HeldDirectory.open(source);
                HeldDirectory directory = top.directory(new byte[] {'d'});
                HeldEntry file = directory.entry(new byte[] {'f'})) {
            file.setXattrs(List.of(
                    new Xattr("system.posix_acl_access", Bytes.of(ACL)),
                    new Xattr("user.k", Bytes.of(new byte[] {0, 1}))));
            directory.setXattrs(List.of(new Xattr("system.posix_acl_default", Bytes.of(ACL))));
        } catch (FileSystemException e) {
            assumeThat(e).as("a file system with ACLs and user attributes").isNull();
        }
        assertThat(restoreAll(backup()).isComplete()).isTrue();
        assertThat(differences()).isEmpty();
    }

    @Test
    void owners_setuid_bits_and_devices_come_back_as_root() throws IOException {
        assumeLinux();
        assumeThat(isRoot()).as("only root gives files away").isTrue();
        Path program = write("program", "#!");
        Files.setAttribute(program, "unix:uid", 12345);
        Files.setAttribute(program, "unix:gid", 54321);
        Files.setAttribute(program, "unix:mode", 06755);
        boolean devices = makeDevice();
        MemoryBackup backup = backup();

        RestoreReport report = restore(backup, all().withDevices());

        assertThat(report.isComplete()).isTrue();
        assertThat(differences()).isEmpty();
        assumeThat(devices).as("a host that lets root make devices").isTrue();
        target = temporary.resolve("other");
        assertThat(restoreAll(backup).skippedNotes())
                .extracting(note -> note.path().toString())
                .containsExactly("null");
    }

    private boolean makeDevice() throws IOException {
        try (HeldDirectory directory = HeldDirectory.open(source)) {
            directory.createNode(
                    "null".getBytes(java.nio.charset.StandardCharsets.US_ASCII), FileType.CHARACTER_DEVICE, 0x103);
            return true;
        } catch (java.nio.file.AccessDeniedException e) {
            return false;
        }
    }

    @Test
    void names_of_any_bytes_come_back() throws IOException {
        byte[][] names = {
            {'-', 'r', 'f'},
            {'n', '\n', 'l'},
            {(byte) 0xFF, (byte) 0xFE},
            {0x1B, '[', '2', 'J'},
            {'*'},
            {'\\'},
            {' '},
            "é".repeat(127).getBytes(java.nio.charset.StandardCharsets.UTF_8)
        };
        for (byte[] name : names) {
            RawPath directory = RawPath.of(name);
            Files.createDirectory(directory.under(source));
            Files.write(directory.child(name).under(source), name);
        }
        assertThat(restoreAll(backup()).isComplete()).isTrue();
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_path_longer_than_the_kernel_takes_comes_back() throws IOException {
        assumeLinux();
        byte[] name = "d".repeat(250).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        List<HeldDirectory> chain = new ArrayList<>(List.of(HeldDirectory.open(source)));
        RawPath path = RawPath.ROOT;
        for (int i = 0; i < 20; i++) {
            chain.get(i).createDirectory(name);
            chain.add(chain.get(i).directory(name));
            path = path.child(name);
        }
        chain.get(20).createFile(name).close();
        MemoryBackup backup = backup();
        assertThat(path.length()).isGreaterThan(4096);

        RestoreReport report = restoreAll(backup);

        FileMeta restored = new RootDirectory(target).meta(path.child(name));
        assertThat(report.isComplete()).isTrue();
        assertThat(restored.stat().type()).isEqualTo(FileType.REGULAR);
        assertThat(differences()).isEmpty();
        chain.forEach(HeldDirectory::close);
        remove(source, name);
        remove(target, name);
    }

    /** JUnit cannot delete what Java cannot name: takes the chain apart from its end. */
    private static void remove(Path top, byte[] name) throws IOException {
        List<HeldDirectory> chain = new ArrayList<>(List.of(HeldDirectory.open(top)));
        for (int i = 0; i < 20; i++) {
            chain.add(chain.get(i).directory(name));
        }
        chain.get(20).removeFile(name);
        for (int i = 19; i >= 0; i--) {
            chain.get(i).removeDirectory(name);
        }
        chain.forEach(HeldDirectory::close);
    }

    @Test
    void long_runs_of_zeros_take_no_room() throws IOException {
        long size = 64L << 20;
        try (RandomAccessFile file =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            file.seek(5_000_000);
            file.write(7);
            file.setLength(size);
        }
        long before = Files.getFileStore(source).getUnallocatedSpace();
        assertThat(restoreAll(backup()).isComplete()).isTrue();
        assertThat(differences()).isEmpty();
        assertThat(target.resolve("sparse")).hasSize(size);
        assertThat(allocated(target.resolve("sparse"))).isLessThan(1 << 20);
        assertThat(before).isPositive();
    }

    private static long allocated(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-k", "--", file.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return Long.parseLong(text.substring(0, text.indexOf('\t'))) * 1024;
    }

    @Test
    void nothing_but_the_files_is_left_in_the_target() throws IOException {
        write("f", "x");
        restoreAll(backup());
        assertThat(target).isDirectoryContaining(path -> path.endsWith("f"));
        try (var entries = Files.list(target)) {
            assertThat(entries).hasSize(1);
        }
    }
}
