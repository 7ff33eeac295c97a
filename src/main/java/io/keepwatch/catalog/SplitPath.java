package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import java.util.Arrays;

/**
 * A path split behind its last slash, as the catalog keeps it. The slash stays with the directory: then the order of
 * directories by their bytes is the order of the paths within them, and a subtree is one range.
 */
final class SplitPath {
    private final byte[] directory;
    private final byte[] name;

    private SplitPath(byte[] directory, byte[] name) {
        this.directory = directory;
        this.name = name;
    }

    static SplitPath of(RawPath path) {
        byte[] bytes = path.bytes();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '/') {
            end--;
        }
        return new SplitPath(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** The directory column of what lies directly in this directory. */
    static byte[] inside(RawPath directory) {
        if (directory.isRoot()) {
            return new byte[0];
        }
        byte[] bytes = Arrays.copyOf(directory.bytes(), directory.length() + 1);
        bytes[bytes.length - 1] = '/';
        return bytes;
    }

    /** The first directory column behind everything beneath this directory, which is not the root. */
    static byte[] behind(RawPath directory) {
        byte[] bytes = inside(directory);
        bytes[bytes.length - 1] = '/' + 1;
        return bytes;
    }

    static byte[] join(byte[] directory, byte[] name) {
        byte[] path = Arrays.copyOf(directory, directory.length + name.length);
        System.arraycopy(name, 0, path, directory.length, name.length);
        return path;
    }

    byte[] directory() {
        return directory;
    }

    byte[] name() {
        return name;
    }
}
