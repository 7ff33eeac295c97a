package io.keepwatch.daemon;

import java.io.IOException;

/** The daemon answers that what was named is not there. */
public final class NothingThereException extends IOException {
    private static final long serialVersionUID = 1L;

    NothingThereException(String detail) {
        super("the daemon answered: " + detail);
    }
}
