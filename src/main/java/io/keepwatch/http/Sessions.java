package io.keepwatch.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Browsers that have logged in. In memory only, so a restart logs everybody out; a session ends after 12 hours without a
 * request. At most 1,000; the one that was idle for longest makes room. Any thread.
 */
final class Sessions {
    static final Duration IDLE = Duration.ofHours(12);
    private static final int MOST = 1000;

    private final SecureRandom random;
    private final LongSupplier nanos;
    private final Map<String, Session> byHash = new HashMap<>();

    Sessions(SecureRandom random, LongSupplier nanos) {
        this.random = random;
        this.nanos = nanos;
    }

    private record Session(Caller caller, long usedAt) {}

    /** The secret of a new session. */
    synchronized String begin(Caller caller) {
        byHash.values().removeIf(this::isOver);
        if (byHash.size() >= MOST) {
            byHash.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().usedAt() - nanos.getAsLong()))
                    .map(Map.Entry::getKey)
                    .ifPresent(byHash::remove);
        }
        String secret = AccessToken.random(random);
        byHash.put(AccessToken.hash(secret), new Session(caller, nanos.getAsLong()));
        return secret;
    }

    synchronized Optional<Caller> find(String secret) {
        String hash = AccessToken.hash(secret);
        Optional<Caller> caller = Optional.ofNullable(byHash.get(hash))
                .filter(session -> !isOver(session))
                .map(Session::caller);
        caller.ifPresent(known -> byHash.put(hash, new Session(known, nanos.getAsLong())));
        return caller;
    }

    /** Tells whether it has not ended, whenever it is asked; asking is no use of the session. */
    BooleanSupplier watch(String secret) {
        String hash = AccessToken.hash(secret);
        return () -> isOpen(hash);
    }

    private synchronized boolean isOpen(String hash) {
        return Optional.ofNullable(byHash.get(hash))
                .filter(session -> !isOver(session))
                .isPresent();
    }

    synchronized void end(String secret) {
        byHash.remove(AccessToken.hash(secret));
    }

    private boolean isOver(Session session) {
        return nanos.getAsLong() - session.usedAt() > IDLE.toNanos();
    }
}
