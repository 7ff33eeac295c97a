package io.keepwatch.layout.mirror;

import io.keepwatch.layout.Failures;
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

/**
 * What became of each version of a flush so far, and whether it is worth going on. A version without an outcome was left
 * out. For any thread.
 */
final class FlushOutcomes {
    /** So many failures in a row, and nothing stored: the store, not the versions, is at fault. */
    private static final int GIVE_UP_AFTER = 64;

    private final int count;
    private final Map<Integer, StoreOutcome> outcomes = new ConcurrentHashMap<>();
    private boolean storeAnswers;
    private int failuresInARow;
    private @Nullable StoreException first;
    private @Nullable StoreException reason;

    FlushOutcomes(int count) {
        this.count = count;
    }

    synchronized void stored(int index, Stored outcome) {
        storeAnswers();
        outcomes.put(index, outcome);
    }

    /** The store is well, so that refusals are about single versions: what was left out is worth trying. */
    synchronized void storeAnswers() {
        storeAnswers = true;
        failuresInARow = 0;
        reason = null;
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
        if (failuresInARow >= GIVE_UP_AFTER && (temporary || !storeAnswers)) {
            reason = cause;
        }
    }

    Optional<StoreOutcome> of(int index) {
        return Optional.ofNullable(outcomes.get(index));
    }

    /** Whether no more versions should be tried. */
    synchronized boolean isGivenUp() {
        return reason != null;
    }

    /** Whether everything that was tried was refused, so that the store may be at fault, or all these versions. */
    synchronized boolean isAllRefused() {
        return first != null && !storeAnswers;
    }

    /** One outcome a version, in order. */
    synchronized List<StoreOutcome> all() {
        return IntStream.range(0, count)
                .mapToObj(index -> of(index).orElseGet(this::leftOut))
                .toList();
    }

    private StoreOutcome leftOut() {
        StoreException cause = reason == null ? first : reason;
        if (cause == null) {
            throw new IllegalStateException("a version of a flush was left out for no reason");
        }
        return new NotStored(cause);
    }
}
