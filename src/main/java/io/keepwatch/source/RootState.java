package io.keepwatch.source;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.StatReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What stands at a root's configured path just now. */
sealed interface RootState {
    /** A directory that may be compared and watched. */
    record Present(Path realPath, FileStat stat) implements RootState {}

    /** Nothing that may be compared: comparing would take every file for deleted. */
    record Absent(boolean unmounted, String reason) implements RootState {}

    /**
     * Looks, following links. An empty directory on another device than the recorded one is taken for the mount point of
     * a file system that is not mounted. Blocks.
     */
    static RootState look(Path configured, OptionalLong recordedDevice) {
        try {
            Path real = configured.toRealPath();
            FileStat stat = StatReader.lstat(real);
            if (stat.type() != FileType.DIRECTORY) {
                return new Absent(false, configured + " is not a directory");
            }
            boolean otherDevice = recordedDevice.isPresent() && recordedDevice.getAsLong() != stat.device();
            if (otherDevice && isEmpty(real)) {
                return new Absent(
                        true, configured + " is empty and on another device than before: is its file system mounted?");
            }
            return new Present(real, stat);
        } catch (IOException e) {
            return new Absent(false, configured + " cannot be read: " + ProblemText.of(e));
        }
    }

    static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Whether both are the same directory, by device and inode. */
    static boolean sameFile(FileStat one, FileStat other) {
        return one.type() == other.type() && one.device() == other.device() && one.inode() == other.inode();
    }
}
