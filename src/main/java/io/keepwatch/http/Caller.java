package io.keepwatch.http;

import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/** Who sent a request: the name of a token, {@code loopback} without tokens, or {@code socket}. */
record Caller(String name, Role role) {
    static final Caller NOBODY = new Caller("", Role.NONE);
    static final Caller SOCKET = new Caller("socket", Role.OPERATE);
    static final Caller LOOPBACK = new Caller("loopback", Role.OPERATE);

    private static final String KEY = "keepwatch.caller";
    private static final String ALLOWED = "keepwatch.allowed";

    void attach(RoutingContext context) {
        context.put(KEY, this);
    }

    /** An answer that goes on for long ends when its sender is allowed no longer. */
    static void allow(RoutingContext context, BooleanSupplier allowed) {
        context.put(ALLOWED, allowed);
    }

    static BooleanSupplier allowed(RoutingContext context) {
        Object allowed = context.get(ALLOWED);
        return allowed instanceof BooleanSupplier known ? known : () -> true;
    }

    static Caller of(RoutingContext context) {
        Object caller = context.get(KEY);
        return caller instanceof Caller known ? known : NOBODY;
    }
}
