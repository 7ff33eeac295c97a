package io.keepwatch.backup.restore;

import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.HeldEntry;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Looks at what is beneath a held directory, part by part and never through a link; makes nothing. Any thread. */
record HeldTree(HeldDirectory top) {

    /** Holds a directory without making anything. Throws {@link NoSuchFileException} where it, or one above, is missing. */
    HeldDirectory directory(RawPath path) throws IOException {
        HeldDirectory at = top.again();
        for (byte[] name : path.segments()) {
            try (HeldDirectory parent = at) {
                at = parent.directory(name);
            }
        }
        return at;
    }

    /** As {@link #directory}, for an entry of any type. */
    HeldEntry entry(RawPath path) throws IOException {
        if (path.isRoot()) {
            return top.again();
        }
        try (HeldDirectory parent = directory(path.parent().orElse(RawPath.ROOT))) {
            return parent.entry(path.name());
        }
    }
}
