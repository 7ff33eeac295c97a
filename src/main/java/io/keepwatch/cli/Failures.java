package io.keepwatch.cli;

import io.keepwatch.catalog.CatalogException;
import io.keepwatch.catalog.CatalogLockedException;
import io.keepwatch.catalog.CatalogMissingException;
import io.keepwatch.daemon.NoDaemonException;
import io.keepwatch.daemon.NothingThereException;
import io.keepwatch.history.HistoryException;
import io.keepwatch.store.StoreException;
import io.keepwatch.workflow.state.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Which errors say by themselves what to do, and the exit code of each; every other one is a defect. */
final class Failures {
    private Failures() {}

    static Optional<CommandFailure> known(Throwable error) {
        if (error instanceof CommandFailure failure) {
            return Optional.of(failure);
        }
        if ((error instanceof CompletionException || error instanceof UncheckedIOException)
                && error.getCause() != null) {
            return known(error.getCause());
        }
        if (error instanceof FileSystemException problem) {
            return Optional.of(new CommandFailure(ExitCode.PROBLEM, FileProblem.text(problem)));
        }
        return exitCode(error).map(code -> new CommandFailure(code, String.valueOf(error.getMessage())));
    }

    private static Optional<Integer> exitCode(Throwable error) {
        if (error instanceof StoreException) {
            return Optional.of(ExitCode.STORE);
        }
        if (error instanceof CatalogLockedException || error instanceof NoDaemonException) {
            return Optional.of(ExitCode.DAEMON);
        }
        if (error instanceof CatalogMissingException || error instanceof NothingThereException) {
            return Optional.of(ExitCode.NOT_FOUND);
        }
        // Messages of the catalog, and of plain IOExceptions made here, say what to do.
        return error instanceof CatalogException
                        || error instanceof HistoryException
                        || error instanceof StateException
                        || error.getClass() == IOException.class
                ? Optional.of(ExitCode.PROBLEM)
                : Optional.empty();
    }
}
