package io.keepwatch.layout.pack;

import java.io.IOException;

/** What is stored is encrypted, and this host may write but not read. The message says what to do. */
public final class NoIdentityException extends IOException {
    private static final long serialVersionUID = 1L;

    NoIdentityException(String message) {
        super(message);
    }
}
