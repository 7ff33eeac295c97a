package io.keepwatch.file;

import com.sun.jna.LastErrorException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The error numbers of Linux, and the exceptions that Java has for them. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ENXIO = 6;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int ERANGE = 34;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;

    private Errno() {}

    static FileSystemException exception(LastErrorException error, Object path) {
        String shown = path.toString();
        FileSystemException exception = switch (error.getErrorCode()) {
            case ENOENT -> new NoSuchFileException(shown);
            case ENOTDIR, ELOOP -> new NoSuchFileException(shown, null, "a part of it is a link or no directory");
            case EEXIST -> new FileAlreadyExistsException(shown);
            case ENOTEMPTY -> new DirectoryNotEmptyException(shown);
            case EACCES, EPERM -> new AccessDeniedException(shown, null, text(error));
            default -> new FileSystemException(shown, null, text(error));
        };
        exception.initCause(error);
        return exception;
    }

    private static String text(LastErrorException error) {
        return error.getMessage() == null ? "errno " + error.getErrorCode() : error.getMessage();
    }
}
