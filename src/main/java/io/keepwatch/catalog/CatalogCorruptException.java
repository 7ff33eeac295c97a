package io.keepwatch.catalog;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The catalog's bytes are damaged. It can be built anew from the bucket; the damaged file stays where it is. */
public final class CatalogCorruptException extends CatalogException {
    CatalogCorruptException(Path file, String damage, @Nullable Throwable cause) {
        super(
                "the catalog " + file + " is damaged (" + damage
                        + "); nothing was moved or changed: run `keepwatch rebuild` to build it anew from the bucket",
                cause);
    }
}
