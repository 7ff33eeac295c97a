package io.keepwatch.config.yaml;

/** A key that is known and not accepted, with the answer to whoever writes it. */
public record RefusedKey(String name, String problem, String advice) {}
