package io.keepwatch.sqlite.own;

/** The writer's connection and what is remembered of it. For the writer's thread. */
public interface Session {
    Database database();

    /** What is remembered may have been rolled back. */
    void forget();
}
