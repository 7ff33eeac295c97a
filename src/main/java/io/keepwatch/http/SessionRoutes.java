package io.keepwatch.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /api/v1/session}: a browser exchanges a token for a cookie that no script can read. Mounted before the gate,
 * since whoever logs in is not yet in.
 */
final class SessionRoutes implements RouteGroup {
    private static final String PATH = "/api/v1/session";

    private final Gate gate;

    SessionRoutes(Gate gate) {
        this.gate = gate;
    }

    record Login(Optional<String> token) {}

    record Session(boolean login, boolean authenticated, Optional<String> name, String role) {}

    @Override
    public void mount(Router router) {
        router.get(PATH).handler(context -> Answer.json(context, 200, session(gate.withoutToken(context))));
        router.post(PATH).handler(this::login);
        router.delete(PATH).handler(context -> {
            Gate.cookie(context).ifPresent(gate.sessions()::end);
            context.response().removeCookie(Gate.COOKIE);
            context.response().setStatusCode(204).end();
        });
    }

    private void login(RoutingContext context) {
        String token = Body.read(context, Login.class)
                .token()
                .orElseThrow(() -> new RefusedException(400, "Not a login", "send {\"token\": \"kw_…\"}"));
        if (!gate.access().needsLogin()) {
            Answer.json(context, 200, session(Caller.LOOPBACK));
            return;
        }
        gate.check(context, token).ifPresent(caller -> {
            gate.setCookie(context, gate.sessions().begin(caller));
            Answer.json(context, 200, session(caller));
        });
    }

    private Session session(Caller caller) {
        boolean login = gate.access().needsLogin();
        boolean known = login && caller.role() != Role.NONE;
        return new Session(
                login,
                known,
                known ? Optional.of(caller.name()) : Optional.empty(),
                caller.role().name().toLowerCase(Locale.ROOT));
    }
}
