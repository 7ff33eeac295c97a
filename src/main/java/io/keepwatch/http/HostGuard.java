package io.keepwatch.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps out requests that another web page smuggles in through the browser of an administrator. A page whose name was
 * rebound to this address sends its own name and is refused (DNS rebinding). A request that another site sends is told by
 * {@code Origin} and {@code Sec-Fetch-Site}; only a link to a page of the dashboard may lead here. What changes something
 * also needs a header that no other site can send ({@link #requireMark}), unless it is signed.
 */
final class HostGuard implements Handler<RoutingContext> {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-f:]*:[0-9a-f:.]*\\]?");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Access access;

    HostGuard(Access access) {
        this.access = access;
    }

    static boolean isReading(RoutingContext context) {
        return READING.contains(context.request().method());
    }

    @Override
    public void handle(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        if (authority == null || !isOurs(authority.host().toLowerCase(Locale.ROOT))) {
            new Problem(421, "Misdirected request", advice()).answer(context);
        } else if (isForeign(context.request(), authority) && !isLink(context)) {
            new Problem(403, "Cross-site request", "open this address directly, not from another site").answer(context);
        } else {
            context.next();
        }
    }

    static void requireMark(RoutingContext context) {
        if (isReading(context) || isMarked(context.request())) {
            context.next();
        } else {
            new Problem(
                            403,
                            "Header missing",
                            "send \"X-Keepwatch: 1\", which no other site can, or a token in \"Authorization: Bearer\"")
                    .answer(context);
        }
    }

    private String advice() {
        return access.loopback() && access.names().isEmpty()
                ? "ask for localhost, 127.0.0.1 or [::1], or add the name to http.names"
                : "ask for an address or one of the names in http.names";
    }

    private boolean isOurs(String host) {
        return LOOPBACK.contains(host)
                || access.names().contains(host)
                || (!access.loopback() && ADDRESS.matcher(host).matches());
    }

    private static boolean isForeign(HttpServerRequest request, HostAndPort authority) {
        boolean fetched = Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
        return fetched
                || Optional.ofNullable(request.getHeader("Origin"))
                        .filter(origin -> !isSame(origin, authority))
                        .isPresent();
    }

    private static boolean isSame(String origin, HostAndPort authority) {
        try {
            return authority.toString().equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Somebody follows a link from elsewhere to the dashboard, which shows nothing of itself before it has asked again. */
    private static boolean isLink(RoutingContext context) {
        HttpServerRequest request = context.request();
        return isReading(context)
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"))
                && request.getHeader("Origin") == null
                && !request.path().startsWith("/api/");
    }

    private static boolean isMarked(HttpServerRequest request) {
        return "1".equals(request.getHeader("X-Keepwatch"))
                || Bearer.of(request).isPresent();
    }
}
