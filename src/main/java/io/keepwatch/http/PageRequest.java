package io.keepwatch.http;

import java.util.Optional;

/** Which part of a list is wanted. */
public record PageRequest(int limit, Optional<String> cursor) {
    /** The cursor as a number; throws {@link RefusedException} where it is none. */
    public Optional<Long> number() {
        try {
            return cursor.map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw RefusedException.badRequest("cursor is \"" + cursor.orElse("") + "\": use next of the page before");
        }
    }
}
