package io.keepwatch.source;

import java.util.OptionalLong;

/** Whether a watch lacks directories for a limit, and what was told about it. Thread-safe. */
final class Degradation {
    private boolean holds;
    private String toldRemedy = "";
    private OptionalLong limitAtStart = OptionalLong.empty();

    /** Returns whether there is something new to tell. */
    synchronized boolean begin(String remedy, OptionalLong limit) {
        boolean news = !holds || !remedy.equals(toldRemedy);
        holds = true;
        toldRemedy = remedy;
        limitAtStart = limit;
        return news;
    }

    /** Returns whether there was one. */
    synchronized boolean end() {
        boolean held = holds;
        holds = false;
        return held;
    }

    synchronized boolean holds() {
        return holds;
    }

    /** The limit as it was then; another value now is a reason to try again. */
    synchronized OptionalLong limitAtStart() {
        return limitAtStart;
    }
}
