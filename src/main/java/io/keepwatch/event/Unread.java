package io.keepwatch.event;

import java.util.Set;

/**
 * A part of what a probe reads that could not be read.
 *
 * @param why a sentence for a person
 * @param kinds of which kind, by the label of that name, is what may be missing from the readings without being gone;
 *     empty where it may be anything
 */
public record Unread(String why, Set<String> kinds) {
    public Unread {
        kinds = Set.copyOf(kinds);
    }

    /** Whether something that is missing from the readings may be there nevertheless. */
    public boolean mayHide(String kind) {
        return kinds.isEmpty() || kind.isEmpty() || kinds.contains(kind);
    }
}
