package io.keepwatch.backup.restore;

import java.io.IOException;

/** A restore that was not begun. The message says why and what to do. */
public final class RestoreException extends IOException {
    private static final long serialVersionUID = 1L;

    public RestoreException(String message) {
        super(message);
    }
}
