package io.keepwatch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxDirectoryTest extends HeldDirectoryContract {
    private static final byte[] ACL = {
        2, 0, 0, 0, //
        1, 0, 6, 0, -1, -1, -1, -1, //
        2, 0, 4, 0, 123, 0, 0, 0, //
        4, 0, 4, 0, -1, -1, -1, -1, //
        16, 0, 4, 0, -1, -1, -1, -1, //
        32, 0, 0, 0, -1, -1, -1, -1
    };

    @BeforeEach
    void needs_the_system_calls() {
        assumeThat(HeldDirectory.isSafeFromRaces())
                .as("x86-64 or arm64 with /proc")
                .isTrue();
    }

    @Override
    HeldDirectory open(Path realPath) throws IOException {
        return LinuxDirectory.open(realPath);
    }

    private HeldDirectory open() throws IOException {
        return open(temporary.toRealPath());
    }

    @Test
    void a_held_directory_stays_the_same_when_its_name_leads_elsewhere() throws IOException {
        Path real = Files.createDirectory(temporary.resolve("d"));
        Path canary = Files.createDirectory(temporary.resolve("canary"));
        try (HeldDirectory directory = open();
                HeldDirectory held = directory.directory(name("d"))) {
            Files.move(real, temporary.resolve("moved"));
            Files.createSymbolicLink(real, canary);
            held.createFile(name("f")).close();
        }
        assertThat(canary).isEmptyDirectory();
        assertThat(temporary.resolve("moved/f")).exists();
    }

    @Test
    void a_held_file_stays_the_same_when_its_name_is_replaced() throws IOException {
        Path file = Files.writeString(temporary.resolve("f"), "first");
        Path other = Files.writeString(temporary.resolve("g"), "other");
        try (HeldDirectory directory = open();
                HeldEntry held = directory.entry(name("f"))) {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            held.setMode(0400);
            held.setModified(Instant.EPOCH);
            assertThat(held.stat().links()).isZero();
        }
        assertThat(StatReader.lstat(file).mode()).isNotEqualTo(0400);
        assertThat(StatReader.lstat(file).modified()).isNotEqualTo(Instant.EPOCH);
    }

    @Test
    void times_keep_their_nanoseconds_on_files_directories_links_and_fifos() throws IOException {
        Instant before1970 = Instant.parse("1914-06-28T10:50:00.123456789Z");
        try (HeldDirectory directory = open()) {
            directory.createFile(name("f")).close();
            directory.createDirectory(name("d"));
            directory.createLink(name("l"), Bytes.of(name("f")));
            directory.createNode(name("p"), FileType.FIFO, 0);
            Files.delete(temporary.resolve("f"));
            directory.createFile(name("f")).close();
            for (String name : List.of("l", "f", "d", "p")) {
                try (HeldEntry entry = directory.entry(name(name))) {
                    entry.setModified(before1970);
                }
                try (HeldEntry entry = directory.entry(name(name))) {
                    assertThat(entry.stat().modified()).as(name).isEqualTo(before1970);
                }
            }
        }
    }

    @Test
    void extended_attributes_and_acls_come_back_byte_for_byte() throws IOException {
        List<Xattr> wanted = List.of(
                new Xattr("system.posix_acl_access", Bytes.of(ACL)),
                new Xattr("user.\u00e9mpty", Bytes.of(new byte[0])),
                new Xattr("user.big", Bytes.of(new byte[1500])));
        Files.writeString(temporary.resolve("f"), "");
        try (HeldDirectory directory = open();
                HeldEntry file = directory.entry(name("f"))) {
            setOrSkip(file, List.of(wanted.get(0), new Xattr("user.other", Bytes.of(name("gone later")))));
            file.setXattrs(wanted);
            assertThat(file.xattrs()).containsExactlyInAnyOrderElementsOf(wanted);
            file.setXattrs(List.of());
            assertThat(file.xattrs()).isEmpty();
        }
    }

    @Test
    void a_default_acl_of_a_directory_comes_back() throws IOException {
        List<Xattr> wanted = List.of(new Xattr("system.posix_acl_default", Bytes.of(ACL)));
        try (HeldDirectory directory = open()) {
            setOrSkip(directory, wanted);
            assertThat(directory.xattrs()).isEqualTo(wanted);
        }
    }

    private static void setOrSkip(HeldEntry entry, List<Xattr> xattrs) throws IOException {
        try {
            entry.setXattrs(xattrs);
        } catch (FileSystemException e) {
            assumeThat(e).as("a file system with user attributes and ACLs").isNull();
        }
    }

    @Test
    void the_target_of_a_link_keeps_every_byte() throws IOException {
        Bytes target = Bytes.of(new byte[] {'/', '/', 'a', '/', '.', '/', (byte) 0xFF, '\n', '/'});
        try (HeldDirectory directory = open()) {
            directory.createLink(name("l"), target);
            try (HeldEntry link = directory.entry(name("l"))) {
                assertThat(link.linkTarget()).isEqualTo(target);
            }
        }
    }

    @Test
    void a_hard_link_leads_to_the_held_file_though_its_name_was_replaced() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "secret");
        Path file = Files.writeString(temporary.resolve("f"), "mine");
        try (HeldDirectory directory = open();
                HeldEntry held = directory.entry(name("f"))) {
            Files.move(file, temporary.resolve("elsewhere"));
            Files.createSymbolicLink(file, secret);
            directory.createHardLink(name("new"), held);
        }
        assertThat(temporary.resolve("new")).hasContent("mine");
    }

    @Test
    void a_closed_entry_is_not_used_by_mistake() throws IOException {
        HeldDirectory directory = open();
        directory.close();
        directory.close();
        assertThatThrownBy(directory::stat).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_path_longer_than_the_kernel_takes_is_reached() throws IOException {
        byte[] name = name("d".repeat(200));
        HeldDirectory at = open();
        RawPath path = RawPath.ROOT;
        for (int i = 0; i < 30; i++) {
            try (HeldDirectory parent = at) {
                parent.createDirectory(name);
                at = parent.directory(name);
                path = path.child(name);
            }
        }
        try (HeldDirectory last = at) {
            last.createFile(name("f")).close();
        }
        RawPath file = path.child(name("f"));
        assertThat(file.length()).isGreaterThan(4096);
        RootDirectory root = new RootDirectory(temporary.toRealPath());
        assertThat(root.meta(file).stat().type()).isEqualTo(FileType.REGULAR);
        assertThat(root.names(path)).containsExactly(name("f"));
        remove(open());
    }

    /** JUnit cannot delete what Java cannot name. */
    static void remove(HeldDirectory directory) throws IOException {
        try (directory) {
            for (byte[] name : directory.names()) {
                boolean isDirectory;
                try (HeldEntry entry = directory.entry(name)) {
                    isDirectory = entry.stat().type() == FileType.DIRECTORY;
                }
                if (isDirectory) {
                    remove(directory.directory(name));
                    directory.removeDirectory(name);
                } else {
                    directory.removeFile(name);
                }
            }
        }
    }
}
