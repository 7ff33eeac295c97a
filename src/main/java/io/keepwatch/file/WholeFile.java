package io.keepwatch.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * A small text file that is always whole: who reads it, also after a crash or a power cut, finds the old text or the new one.
 * One thread at a time; blocks until the disk has the text.
 */
public final class WholeFile {
    private final Path file;
    private final Optional<Set<PosixFilePermission>> mode;

    /** With the mode that new files of this process have. */
    public WholeFile(Path file) {
        this(file, Optional.empty());
    }

    /** @param mode whatever the umask of the process is */
    public WholeFile(Path file, Set<PosixFilePermission> mode) {
        this(file, Optional.of(Set.copyOf(mode)));
    }

    private WholeFile(Path file, Optional<Set<PosixFilePermission>> mode) {
        this.file = file.toAbsolutePath();
        this.mode = mode;
    }

    /** Replaces the text, in UTF-8. Throws IOException where the folder takes no file; what was there stays then. */
    public void write(String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        if (mode.isPresent()) {
            Files.setPosixFilePermissions(fresh, mode.get());
        }
        sync(fresh, StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        sync(file.resolveSibling(""), StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
