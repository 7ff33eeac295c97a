package io.keepwatch.layout.pack;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that should be a pack, or a part of one, are not: damaged, cut short, or made to harm. The message says where. */
public final class PackFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    PackFormatException(String message) {
        super(message);
    }

    PackFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
