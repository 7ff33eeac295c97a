package io.keepwatch.daemon;

import java.io.IOException;
import java.nio.file.Path;

/** No daemon answers for a state folder. */
public final class NoDaemonException extends IOException {
    private static final long serialVersionUID = 1L;

    NoDaemonException(Path socket, Throwable cause) {
        super("no daemon answers at " + socket + "; start one with: keepwatch run", cause);
    }
}
