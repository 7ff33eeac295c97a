package io.keepwatch.layout.pack;

import io.keepwatch.file.Content;
import java.io.IOException;
import java.util.List;

/**
 * Compares what a pack says about itself with its tar bytes, which are the truth: every frame, every member with its
 * hash, the table of contents and the journal. Holds one frame at a time.
 */
public final class PackCheck {
    private PackCheck() {}

    /** A sentence for each difference, at most a hundred; empty where there is none. Throws where the pack is not to be read. */
    public static List<String> differences(PackName name, Content pack) throws IOException {
        throw new UnsupportedOperationException();
    }
}
