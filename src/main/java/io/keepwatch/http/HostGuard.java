package io.keepwatch.http;

import io.vertx.core.Handler;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Answers only requests that name this machine's loopback: a web page whose name was rebound to 127.0.0.1 sends its own
 * name and is refused (DNS rebinding). Requests that a browser marks as coming from another site are refused too.
 */
final class HostGuard implements Handler<RoutingContext> {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    @Override
    public void handle(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        if (authority == null || !LOOPBACK.contains(authority.host())) {
            new Problem(421, "Misdirected request", "ask for localhost, 127.0.0.1 or [::1]").answer(context);
        } else if ("cross-site".equals(context.request().getHeader("Sec-Fetch-Site"))) {
            new Problem(403, "Cross-site request", "open this address directly, not from another site").answer(context);
        } else {
            context.response()
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            context.next();
        }
    }
}
