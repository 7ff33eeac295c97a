package io.keepwatch.layout.mirror;

import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoreOutcome.NotStored;
import io.keepwatch.layout.StoreOutcome.Stored;
import io.keepwatch.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What became of each version of a flush so far, and whether it is worth going on. For any thread. */
final class FlushOutcomes {
    /** So many failures in a row, and nothing stored: the store, not the versions, is at fault. */
    private static final int GIVE_UP_AFTER = 64;

    private final int count;
    private final Map<Integer, StoreOutcome> outcomes = new ConcurrentHashMap<>();
    private boolean anyStored;
    private int failuresInARow;
    private @Nullable StoreException first;
    private @Nullable StoreException reason;

    FlushOutcomes(int count) {
        this.count = count;
    }

    synchronized void stored(int index, Stored outcome) {
        anyStored = true;
        failuresInARow = 0;
        outcomes.put(index, outcome);
    }

    /** As {@link #stored}, but no request was needed, so nothing is known of the store. */
    synchronized void nothingToDo(int index, Stored outcome) {
        outcomes.put(index, outcome);
    }

    /** A failure that is no StoreException is a programming error and fails the flush. */
    synchronized void failed(int index, Throwable failure) {
        if (!(Failures.cause(failure) instanceof StoreException cause)) {
            throw new IllegalStateException("storing version " + index + " of a flush ended in an error", failure);
        }
        outcomes.put(index, new NotStored(cause));
        boolean temporary = cause instanceof StoreException.Transient;
        if (!temporary && !(cause instanceof StoreException.Permanent)) {
            return;
        }
        first = first == null ? cause : first;
        failuresInARow++;
        // Once the store has taken something, a lasting refusal is about single versions; an outage is not.
        if (failuresInARow >= GIVE_UP_AFTER && (temporary || !anyStored)) {
            reason = cause;
        }
    }

    Optional<StoreOutcome> of(int index) {
        return Optional.ofNullable(outcomes.get(index));
    }

    /** Why no more versions should be tried, if so. */
    synchronized Optional<StoreException> givenUp() {
        return Optional.ofNullable(reason);
    }

    /** One outcome a version, in order. Throws the first failure when the store refused everything. */
    synchronized List<StoreOutcome> all() {
        if (first != null && !anyStored) {
            throw first;
        }
        return IntStream.range(0, count)
                .mapToObj(index -> of(index).orElseThrow())
                .toList();
    }
}
