package io.keepwatch.layout.pack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Since when flushes are under way. A large file takes its time, and the parts of it that were found stored when it began
 * are needed by nothing that the catalog knows until it ends: so no pack is deleted that was condemned since the oldest
 * flush began. Any thread.
 */
final class FlushesUnderWay {
    private final Clock clock;
    private final Collection<Token> tokens = new ConcurrentLinkedQueue<>();

    /** One flush. Not a record: two that begin at once are two. */
    static final class Token {
        private final Instant begun;

        private Token(Instant begun) {
            this.begun = begun;
        }
    }

    FlushesUnderWay(Clock clock) {
        this.clock = clock;
    }

    Token begin() {
        Token token = new Token(clock.instant());
        tokens.add(token);
        return token;
    }

    void end(Token token) {
        tokens.remove(token);
    }

    /** How long the oldest has been under way; zero where there is none. */
    Duration oldest() {
        return tokens.stream()
                .map(token -> Duration.between(token.begun, clock.instant()))
                .max(Comparator.naturalOrder())
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }
}
