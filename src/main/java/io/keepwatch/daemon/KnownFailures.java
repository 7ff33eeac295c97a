package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogCorruptException;
import io.keepwatch.catalog.CatalogException;
import io.keepwatch.catalog.CatalogMissingException;
import io.keepwatch.catalog.ExpiryRefusedException;
import io.keepwatch.history.HistoryException;
import io.keepwatch.http.RefusedException;
import io.keepwatch.layout.pack.NoIdentityException;
import io.keepwatch.layout.pack.PackFormatException;
import io.keepwatch.store.StoreException;
import io.keepwatch.workflow.state.EventRefusedException;
import io.keepwatch.workflow.state.StateException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;

/** What failures of the store and of the files in the state folder mean to whoever asked over HTTP. */
final class KnownFailures {
    private KnownFailures() {}

    /** Empty for a mistake of the program. */
    static Optional<RefusedException> told(Throwable failure) {
        // What lies deeper knows more: a store's refusal within what its reader says of it.
        return last(failure, KnownFailures::byType).or(() -> last(failure, KnownFailures::notReadable));
    }

    /** One line for a person. */
    static String text(Throwable failure) {
        return told(failure).map(Throwable::getMessage).orElseGet(failure::toString);
    }

    private static Optional<RefusedException> last(
            Throwable failure, Function<Throwable, Optional<RefusedException>> question) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> question.apply(cause).stream())
                .reduce((outer, inner) -> inner);
    }

    private static Optional<RefusedException> byType(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof RefusedException refused) {
            return Optional.of(refused);
        } else if (cause instanceof StoreException.Transient) {
            return Optional.of(RefusedException.passing("The store is out of reach", text));
        } else if (cause instanceof StoreException) {
            return Optional.of(RefusedException.stuck("The store cannot be used", text));
        } else if (cause instanceof NoIdentityException) {
            return Optional.of(RefusedException.stuck("No identity", text));
        } else if (cause instanceof PackFormatException) {
            return Optional.of(RefusedException.stuck("The backup is damaged", text + ": run `keepwatch verify`"));
        } else if (cause instanceof CatalogCorruptException
                || cause instanceof CatalogMissingException
                || cause instanceof ExpiryRefusedException) {
            return Optional.of(RefusedException.stuck("The catalog cannot be used", text));
        } else if (cause instanceof CatalogException) {
            return Optional.of(RefusedException.passing("The catalog is out of reach", text));
        } else if (cause instanceof HistoryException) {
            return Optional.of(RefusedException.passing("History not readable", text));
        } else if (cause instanceof StateException) {
            return Optional.of(RefusedException.passing("The state of the rules is out of reach", text));
        } else if (cause instanceof EventRefusedException) {
            return Optional.of(RefusedException.passing("Not taken", text));
        } else if (cause instanceof RejectedExecutionException) {
            return Optional.of(RefusedException.passing(
                    "The daemon is stopping", "it takes no more questions: ask again when it has started"));
        }
        return Optional.empty();
    }

    private static Optional<RefusedException> notReadable(Throwable cause) {
        if (!(cause instanceof IOException)) {
            return Optional.empty();
        }
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return Optional.of(RefusedException.passing(
                "Not readable",
                why + "; ask again, and if that is no help, see the daemon's log and run `keepwatch verify`"));
    }
}
