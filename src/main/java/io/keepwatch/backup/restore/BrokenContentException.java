package io.keepwatch.backup.restore;

import java.io.IOException;

/** The store gave other bytes than were stored, or too few; asking again may help. */
final class BrokenContentException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenContentException(String message) {
        super(message);
    }

    BrokenContentException(String message, IOException cause) {
        super(message, cause);
    }
}
