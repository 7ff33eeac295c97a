package io.keepwatch.catalog;

import org.jspecify.annotations.Nullable;

/** The catalog could not be read or written. The message names the file and says what to do; nothing is half-applied. */
public class CatalogException extends RuntimeException {
    CatalogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
