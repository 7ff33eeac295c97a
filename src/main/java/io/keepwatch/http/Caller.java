package io.keepwatch.http;

import io.vertx.ext.web.RoutingContext;

/** Who sent a request: the name of a token, {@code loopback} without tokens, or {@code socket}. */
record Caller(String name, Role role) {
    static final Caller NOBODY = new Caller("", Role.NONE);
    static final Caller SOCKET = new Caller("socket", Role.OPERATE);
    static final Caller LOOPBACK = new Caller("loopback", Role.OPERATE);

    private static final String KEY = "keepwatch.caller";

    void attach(RoutingContext context) {
        context.put(KEY, this);
    }

    static Caller of(RoutingContext context) {
        Object caller = context.get(KEY);
        return caller instanceof Caller known ? known : NOBODY;
    }
}
