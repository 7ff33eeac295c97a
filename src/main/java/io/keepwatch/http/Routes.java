package io.keepwatch.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts route groups on one router, with the limits and the error pages they share. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private static final long BODY_LIMIT_BYTES = 64L * 1024;
    private static final BodyHandler BODIES = BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES);

    private Routes() {}

    /**
     * For a TCP port. What other programs call with a signature of their own comes first and reads its own bodies; what
     * everybody may see, such as health and the files of the dashboard, comes before the gate; every other route is behind
     * it.
     */
    public static Handler<HttpServerRequest> guarded(
            Vertx vertx,
            Access access,
            List<RouteGroup> signed,
            List<RouteGroup> open,
            List<RouteGroup> groups,
            Failures failures) {
        Router router = Router.router(vertx);
        Gate gate = new Gate(access, System::nanoTime);
        router.route().handler(new SecurityHeaders());
        router.route().handler(new HostGuard(access));
        signed.forEach(group -> group.mount(router));
        router.route().handler(HostGuard::requireMark);
        router.route().handler(BODIES);
        open.forEach(group -> group.mount(router));
        new SessionRoutes(gate).mount(router);
        router.route().handler(gate);
        return finish(router, groups, failures);
    }

    /** For a Unix socket, where the file's owner is the guard. */
    public static Handler<HttpServerRequest> local(
            Vertx vertx, List<RouteGroup> signed, List<RouteGroup> groups, Failures failures) {
        Router router = Router.router(vertx);
        signed.forEach(group -> group.mount(router));
        router.route().handler(BODIES);
        router.route().handler(context -> {
            Caller.SOCKET.attach(context);
            context.next();
        });
        return finish(router, groups, failures);
    }

    /** Small headers, no HTTP/2 on a clear port. */
    public static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setMaxHeaderSize(8 * 1024)
                .setMaxInitialLineLength(8 * 1024)
                .setHttp2ClearTextEnabled(false);
    }

    private static Router finish(Router router, List<RouteGroup> groups, Failures failures) {
        new OpenApiRoutes().mount(router);
        groups.forEach(group -> group.mount(router));
        router.errorHandler(
                400,
                context -> new Problem(400, "Not understood", "the address or the body is not encoded as HTTP wants it")
                        .answer(context));
        router.errorHandler(
                404,
                context -> new Problem(
                                404, "Not found", "there is /healthz, /readyz, /metrics and /api/v1/openapi.yaml")
                        .answer(context));
        router.errorHandler(
                405, context -> new Problem(405, "Method not allowed", "see /api/v1/openapi.yaml").answer(context));
        router.errorHandler(413, context -> new Problem(413, "Body too large", "send at most 64 KiB").answer(context));
        router.errorHandler(500, context -> failed(context, failures));
        return router;
    }

    private static void failed(RoutingContext context, Failures failures) {
        Throwable cause = context.failure();
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        HttpMethod method = context.request().method();
        String path = context.request().path();
        if (context.response().ended() || context.response().headWritten()) {
            LOG.debug("{} broke off: {}", path, String.valueOf(cause));
            context.request().connection().close();
            return;
        } else if (cause instanceof RefusedException refused) {
            refused.problem().answer(context);
            return;
        }
        Optional<Problem> known =
                Optional.ofNullable(cause).flatMap(failures::told).map(RefusedException::problem);
        if (known.isPresent()) {
            LOG.warn(
                    "{} {} was answered {}: {}",
                    method,
                    path,
                    known.get().status(),
                    known.get().detail());
            LOG.debug("it came from", cause);
            known.get().answer(context);
        } else {
            LOG.error("{} {} ended in an error", method, path, cause);
            new Problem(500, "Internal error", "this is a mistake in Keepwatch: the daemon's log says where")
                    .answer(context);
        }
    }
}
