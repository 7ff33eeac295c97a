package io.keepwatch.catalog;

import java.nio.file.Path;

/** There is no catalog in the state directory. */
public final class CatalogMissingException extends CatalogException {
    CatalogMissingException(Path file) {
        super(
                "there is no catalog at " + file
                        + ": start the daemon with `keepwatch run`, or, if the catalog was lost,"
                        + " build it anew from the bucket with `keepwatch rebuild`",
                null);
    }
}
