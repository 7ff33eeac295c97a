package io.keepwatch.http;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets a request through when its sender may send it. By construction every route behind it is guarded: what reads needs
 * {@link Role#READ}, everything else {@link Role#OPERATE}.
 */
final class Gate implements Handler<RoutingContext> {
    static final String COOKIE = "keepwatch_session";

    private final Access access;
    private final Sessions sessions;
    private final FailedLogins failures;

    Gate(Access access, LongSupplier nanos) {
        this.access = access;
        this.sessions = new Sessions(new SecureRandom(), nanos);
        this.failures = new FailedLogins(nanos);
    }

    Access access() {
        return access;
    }

    Sessions sessions() {
        return sessions;
    }

    @Override
    public void handle(RoutingContext context) {
        Optional<String> token = Bearer.of(context.request());
        if (token.isPresent() && access.needsLogin()) {
            check(context, token.get()).ifPresent(caller -> enter(context, caller));
        } else {
            enter(context, withoutToken(context));
        }
    }

    private void enter(RoutingContext context, Caller caller) {
        Role needed = HostGuard.isReading(context) ? Role.READ : Role.OPERATE;
        if (caller.role() == Role.NONE) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            new Problem(
                            401,
                            "Login needed",
                            "send a token in \"Authorization: Bearer\", or log in with POST /api/v1/session")
                    .answer(context);
        } else if (caller.role().compareTo(needed) < 0) {
            new Problem(
                            403,
                            "Not allowed",
                            "the token \"" + caller.name() + "\" may only read: use one with role: operate")
                    .answer(context);
        } else {
            caller.attach(context);
            context.next();
        }
    }

    /** Who asks without a token of his own in the request. */
    Caller withoutToken(RoutingContext context) {
        if (!access.needsLogin()) {
            return Caller.LOOPBACK;
        }
        return cookie(context)
                .flatMap(secret -> sessions.find(secret).map(caller -> {
                    Caller.allow(context, sessions.watch(secret));
                    setCookie(context, secret);
                    return caller;
                }))
                .orElse(Caller.NOBODY);
    }

    /** The browser keeps it as long as the session lasts, from this request on. */
    void setCookie(RoutingContext context, String secret) {
        context.response()
                .addCookie(Cookie.cookie(COOKIE, secret)
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT)
                        .setSecure(access.secure())
                        .setPath("/")
                        .setMaxAge(Sessions.IDLE.toSeconds()));
    }

    static Optional<String> cookie(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(COOKIE)).map(Cookie::getValue);
    }

    /** Whose token this is; where it is nobody's, the request is answered. */
    Optional<Caller> check(RoutingContext context, String token) {
        String address = address(context.request());
        long wait = failures.waitSeconds(address);
        if (wait > 0) {
            context.response().putHeader("Retry-After", String.valueOf(wait));
            new Problem(429, "Too many wrong tokens", "try again in " + wait + " s").answer(context);
            return Optional.empty();
        }
        List<AccessToken> found =
                access.tokens().stream().filter(known -> known.matches(token)).toList();
        if (found.isEmpty()) {
            failures.failed(address);
            context.response().putHeader("WWW-Authenticate", "Bearer");
            new Problem(401, "Unknown token", "make one with keepwatch token new and add its line to http.tokens")
                    .answer(context);
        }
        return found.stream().findFirst().map(known -> new Caller(known.name(), known.role()));
    }

    private String address(HttpServerRequest request) {
        String peer =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        List<String> forwarded = request.headers().getAll("X-Forwarded-For");
        if (!access.trustProxy() || forwarded.isEmpty()) {
            return String.valueOf(peer);
        }
        // The last value of the last line is what the proxy itself saw; those before can be invented.
        String last = forwarded.get(forwarded.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).strip();
    }
}
