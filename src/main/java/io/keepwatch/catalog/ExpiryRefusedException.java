package io.keepwatch.catalog;

import java.time.Instant;

/** Retention would remove the last content of most files; nothing was removed. */
public final class ExpiryRefusedException extends CatalogException {
    ExpiryRefusedException(ExpiryCounts counts, Instant now) {
        super(
                "retention was not applied: of " + counts.paths() + " files in the catalog, " + counts.endedPaths()
                        + " are deleted and would lose the last content that is kept of them, which is more than half."
                        + " Look whether the clock is right, which says " + now
                        + ", and whether so many files were meant to be deleted; then allow it expressly",
                null);
    }
}
