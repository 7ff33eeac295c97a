package io.keepwatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The content of a file beneath a root, as it was when it was hashed. Each {@link #open} reads the file anew and throws
 * {@link ContentChangedException} where it is no longer that content. Read from the start, the last bytes are held back
 * until the hash has been compared; read from an offset (a part of a large upload), until the stat has been compared. So a
 * changed file ends an upload early and never completes a wrong one.
 */
public final class FileContent implements Content {
    private final RootDirectory root;
    private final RawPath path;
    private final FileStat expected;
    private final Sha256 hash;
    private final List<Sha256> segments;

    public FileContent(RootDirectory root, RawPath path, FileStat expected, Sha256 hash) {
        this(root, path, expected, hash, List.of());
    }

    FileContent(RootDirectory root, RawPath path, FileStat expected, Sha256 hash, List<Sha256> segments) {
        this.root = root;
        this.path = path;
        this.expected = expected;
        this.hash = hash;
        this.segments = List.copyOf(segments);
    }

    @Override
    public long lengthBytes() {
        return expected.sizeBytes();
    }

    @Override
    public List<Sha256> segments() {
        return segments;
    }

    @Override
    public InputStream open(long offset) throws IOException {
        if (offset < 0 || offset > expected.sizeBytes()) {
            throw new IllegalArgumentException(
                    "offset " + offset + " lies outside the " + expected.sizeBytes() + " bytes of \"" + path + "\"");
        }
        OpenedFile file = root.open(path);
        try {
            return new CheckedFileStream(file, expected, offset, offset == 0 ? Optional.of(hash) : Optional.empty());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
