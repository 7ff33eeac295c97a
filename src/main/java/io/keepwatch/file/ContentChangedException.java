package io.keepwatch.file;

import java.nio.file.FileSystemException;

/** A file is no longer the one that was looked at before. Looking again tells what it is now. */
public final class ContentChangedException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    public ContentChangedException(String path, String reason) {
        super(path, null, reason);
    }
}
