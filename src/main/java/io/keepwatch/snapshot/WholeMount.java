package io.keepwatch.snapshot;

import io.keepwatch.probe.linux.MountLine;
import java.io.IOException;
import java.nio.file.Path;

/** Refuses a path of a mount that shows only a part of its file system: in the snapshot it would lie elsewhere. */
final class WholeMount {
    private WholeMount() {}

    static void require(MountLine mount, Path realPath) throws IOException {
        if (!mount.isWhole()) {
            throw new IOException("\"" + realPath + "\" lies in a mount that shows only \"" + mount.within() + "\" of "
                    + mount.source() + ": write its path in the mount of the whole file system");
        }
    }
}
