package io.keepwatch.cli;

import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Metadata as {@code ls -l} writes it. */
final class FileText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String BITS = "rwxrwxrwx";

    private FileText() {}

    /** Type and permissions: {@code -rw-r--r--}. */
    static String mode(FileMeta meta) {
        StringBuilder text = new StringBuilder().append(type(meta.stat().type()));
        int mode = meta.stat().mode();
        for (int i = 0; i < 9; i++) {
            text.append((mode >> (8 - i) & 1) == 1 ? BITS.charAt(i) : '-');
        }
        special(text, mode, 04000, 3, 's');
        special(text, mode, 02000, 6, 's');
        special(text, mode, 01000, 9, 't');
        return text.toString();
    }

    static String owner(FileMeta meta) {
        return meta.owner().orElse(String.valueOf(meta.stat().uid())) + ":"
                + meta.group().orElse(String.valueOf(meta.stat().gid()));
    }

    static String time(Instant time) {
        return TIME.format(time.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
    }

    private static void special(StringBuilder text, int mode, int bit, int at, char letter) {
        if ((mode & bit) != 0) {
            boolean executable = text.charAt(at) == 'x';
            text.setCharAt(at, executable ? letter : Character.toUpperCase(letter));
        }
    }

    private static char type(FileType type) {
        return switch (type) {
            case REGULAR -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case FIFO -> 'p';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case SOCKET -> 's';
        };
    }
}
