package io.keepwatch.catalog;

import io.keepwatch.file.FileType;

/** File types in the column {@code version.type}: the kernel's {@code S_IFMT} bits, shifted right by 12. */
final class TypeCode {
    static final int REGULAR = 8;

    private TypeCode() {}

    static int of(FileType type) {
        return switch (type) {
            case FIFO -> 1;
            case CHARACTER_DEVICE -> 2;
            case DIRECTORY -> 4;
            case BLOCK_DEVICE -> 6;
            case REGULAR -> REGULAR;
            case SYMLINK -> 10;
            case SOCKET -> 12;
        };
    }

    static FileType parse(int code) {
        return switch (code) {
            case 1 -> FileType.FIFO;
            case 2 -> FileType.CHARACTER_DEVICE;
            case 4 -> FileType.DIRECTORY;
            case 6 -> FileType.BLOCK_DEVICE;
            case REGULAR -> FileType.REGULAR;
            case 10 -> FileType.SYMLINK;
            case 12 -> FileType.SOCKET;
            default ->
                throw new CatalogException(
                        "a row of the catalog has the file type " + code
                                + ", which no kernel knows: run `keepwatch rebuild`",
                        null);
        };
    }
}
