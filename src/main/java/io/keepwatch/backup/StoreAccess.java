package io.keepwatch.backup;

import io.keepwatch.event.Event;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.store.StoreException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store takes objects at present; tells when that changes, and finds out when it may have. Any thread. */
final class StoreAccess {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

    private final StorageLayout layout;
    private final Outage outage;
    private final Clock clock;
    private final Consumer<Event> events;

    StoreAccess(StorageLayout layout, Outage outage, Clock clock, Consumer<Event> events) {
        this.layout = layout;
        this.outage = outage;
        this.clock = clock;
        this.events = events;
    }

    Optional<StoreException> problem() {
        return outage.problem();
    }

    boolean mustWait() {
        return outage.mustWait();
    }

    void askNow() {
        outage.askNow();
    }

    /** Asks the store, without a file in hand, whether it is worth while to store something. */
    CompletionStage<Boolean> ask() {
        return layout.askStore().handle((proven, failure) -> {
            if (failure == null) {
                if (proven) {
                    reachable();
                }
                return true;
            }
            if (!(cause(failure) instanceof StoreException refusal)) {
                throw new CompletionException(cause(failure));
            }
            refused(refusal);
            return false;
        });
    }

    /** The store took nothing at all. */
    void refused(StoreException refusal) {
        if (outage.failed(refusal)) {
            LOG.warn("store refuses: {}", message(refusal));
            events.accept(new StoreUnreachable(
                    clock.instant(), message(refusal), refusal instanceof StoreException.Permanent));
        }
    }

    /** The store took something, or is known to take others. */
    void reachable() {
        outage.succeeded().ifPresent(lasted -> {
            LOG.info("store takes objects again after {} s", lasted.toSeconds());
            events.accept(new StoreReachable(clock.instant(), lasted));
        });
    }

    /** A failure without what a chain of stages puts around it. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    static String message(StoreException cause) {
        return String.valueOf(cause.getMessage());
    }
}
