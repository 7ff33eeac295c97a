package io.keepwatch.source;

import io.keepwatch.event.FilesSettled;
import io.keepwatch.event.TreeChanged;
import java.util.List;

/** What a {@link Debouncer} lets go: directories to be compared as a whole, and paths to be looked at one by one. */
public record Settled(List<TreeChanged> trees, List<FilesSettled> files) {
    public Settled {
        trees = List.copyOf(trees);
        files = List.copyOf(files);
    }

    public boolean isEmpty() {
        return trees.isEmpty() && files.isEmpty();
    }
}
