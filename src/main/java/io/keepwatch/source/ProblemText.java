package io.keepwatch.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The reason in an exception of the file system, without the path that the reader already knows. */
final class ProblemText {
    private ProblemText() {}

    static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; let the user Keepwatch runs as read it";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        String reason = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
