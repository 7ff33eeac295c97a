package io.keepwatch.backup.restore;

import io.keepwatch.file.HeldDirectory;
import java.io.IOException;
import java.time.Instant;

/** When the target was last modified before the staging area came and went, so that it does not show. */
record TopTime(Instant modified) {

    static TopTime of(HeldDirectory top) throws IOException {
        return new TopTime(top.stat().modified());
    }

    /** Who may write into a directory of somebody else may not set its time: then it stays as it is. */
    void putBack(HeldDirectory top) {
        try {
            top.setModified(modified);
        } catch (IOException e) {
            return;
        }
    }
}
