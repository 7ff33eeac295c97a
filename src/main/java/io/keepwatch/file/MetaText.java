package io.keepwatch.file;

/** Metadata as {@code ls -l} writes it. */
public final class MetaText {
    private static final String BITS = "rwxrwxrwx";

    private MetaText() {}

    /** Type and permissions: {@code -rw-r--r--}. */
    public static String mode(FileMeta meta) {
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

    public static String owner(FileMeta meta) {
        return meta.owner().orElse(String.valueOf(meta.stat().uid())) + ":"
                + meta.group().orElse(String.valueOf(meta.stat().gid()));
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
