package io.keepwatch.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Says in words what the file system refused: the JDK's exceptions often hold nothing but the path. */
final class FileProblem {
    private FileProblem() {}

    static String text(IOException error) {
        if (!(error instanceof FileSystemException problem) || problem.getFile() == null) {
            return Optional.ofNullable(error.getMessage()).orElseGet(error::toString);
        }
        return problem.getFile() + ": " + reason(problem);
    }

    private static String reason(FileSystemException problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied; run it as the user of the daemon, or as root";
        }
        if (problem instanceof NoSuchFileException) {
            return "there is no such file or directory, and it cannot be made";
        }
        if (problem instanceof NotDirectoryException || problem instanceof FileAlreadyExistsException) {
            return "this is a file where a directory is needed";
        }
        return Optional.ofNullable(problem.getReason())
                .orElseGet(() -> problem.getClass().getSimpleName());
    }
}
