package io.keepwatch.file;

import io.keepwatch.unit.DisplayText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A path relative to a root, as the raw bytes the kernel knows. Linux names are bytes, not text: a name may hold a
 * newline or bytes that are no UTF-8, and {@link Path#toString()} loses those under some locales. The empty path is the
 * root itself. Immutable; ordered by unsigned bytes.
 */
public final class RawPath implements Comparable<RawPath> {
    public static final RawPath ROOT = new RawPath(new byte[0]);

    private final byte[] bytes;

    private RawPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Throws IllegalArgumentException for an absolute path, an empty, {@code .} or {@code ..} segment, or a NUL byte. */
    public static RawPath of(byte[] bytes) {
        if (bytes.length == 0) {
            return ROOT;
        }
        RawPath path = new RawPath(bytes.clone());
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                path.checkSegment(start, i);
                start = i + 1;
            }
        }
        return path;
    }

    /** The path of this text in UTF-8. */
    public static RawPath of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The path of a file beneath a root, without a system call and without losing a byte. */
    public static RawPath between(Path root, Path file) {
        return root.equals(file) ? ROOT : of(PathBytes.of(root.relativize(file)));
    }

    private void checkSegment(int from, int to) {
        int length = to - from;
        boolean dots =
                (length == 1 && bytes[from] == '.') || (length == 2 && bytes[from] == '.' && bytes[from + 1] == '.');
        if (length == 0 || dots || IntStream.range(from, to).anyMatch(i -> bytes[i] == 0)) {
            throw new IllegalArgumentException("\"" + DisplayText.of(bytes)
                    + "\" is not a path beneath a root: it has an" + " empty, \".\" or \"..\" part or a NUL byte");
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    public boolean isRoot() {
        return bytes.length == 0;
    }

    /** The last segment; empty for the root. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    /** The directory that holds this path; empty for the root. */
    public Optional<RawPath> parent() {
        if (isRoot()) {
            return Optional.empty();
        }
        int slash = lastSlash();
        return Optional.of(slash < 0 ? ROOT : new RawPath(Arrays.copyOf(bytes, slash)));
    }

    /** The path of a child with this name. */
    public RawPath child(byte[] name) {
        if (isRoot()) {
            return of(name);
        }
        byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
        joined[bytes.length] = '/';
        System.arraycopy(name, 0, joined, bytes.length + 1, name.length);
        return of(joined);
    }

    public List<byte[]> segments() {
        List<byte[]> segments = new java.util.ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i > start && (i == bytes.length || bytes[i] == '/')) {
                segments.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return segments;
    }

    /** Whether this is the given directory or lies beneath it. */
    public boolean isWithin(RawPath directory) {
        return directory.isRoot()
                || (bytes.length >= directory.bytes.length
                        && Arrays.equals(bytes, 0, directory.bytes.length, directory.bytes, 0, directory.bytes.length)
                        && (bytes.length == directory.bytes.length || bytes[directory.bytes.length] == '/'));
    }

    /** This path beneath a root, for the system calls of the JDK; keeps every byte under every locale. */
    public Path under(Path root) {
        return isRoot() ? root : PathBytes.resolve(root, bytes);
    }

    /** The text of this path when its bytes are UTF-8. */
    public Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private int lastSlash() {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '/') {
            i--;
        }
        return i;
    }

    @Override
    public int compareTo(RawPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawPath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Safe to show to a person: control, bidirectional and invalid bytes are escaped. Not for opening files. */
    @Override
    public String toString() {
        return DisplayText.of(bytes);
    }
}
