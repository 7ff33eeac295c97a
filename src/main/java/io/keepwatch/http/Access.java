package io.keepwatch.http;

import java.util.List;
import java.util.Set;

/**
 * Who may reach the TCP port, and how.
 *
 * @param tokens without any, everybody who reaches the port may do everything; the configuration allows that on loopback alone
 * @param names by which browsers may call this server, besides those of loopback
 * @param loopback whether it listens on loopback; otherwise it may be called by any IP address, which no web page can take over
 * @param trustProxy whether a proxy in front tells in {@code X-Forwarded-For} who asks
 * @param secure whether browsers talk TLS to it, so that a cookie never travels without
 */
public record Access(
        List<AccessToken> tokens, Set<String> names, boolean loopback, boolean trustProxy, boolean secure) {
    public Access {
        tokens = List.copyOf(tokens);
        names = Set.copyOf(names);
    }

    /** Loopback without tokens. */
    public static Access open() {
        return new Access(List.of(), Set.of(), true, false, false);
    }

    boolean needsLogin() {
        return !tokens.isEmpty();
    }
}
