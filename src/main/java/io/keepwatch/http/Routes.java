package io.keepwatch.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts route groups on one router, with the limits and the error pages they share. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private Routes() {}

    /** For a TCP port on loopback: guarded against requests that a web page smuggles in. */
    public static Handler<HttpServerRequest> guarded(Vertx vertx, List<RouteGroup> groups) {
        Router router = Router.router(vertx);
        router.route().handler(new HostGuard());
        return mount(router, groups);
    }

    /** For a Unix socket, where the file's owner is the guard. */
    public static Handler<HttpServerRequest> local(Vertx vertx, List<RouteGroup> groups) {
        return mount(Router.router(vertx), groups);
    }

    /** Small headers, no HTTP/2 on a clear port, and no idle connection that stays for ever. */
    public static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setMaxHeaderSize(8 * 1024)
                .setMaxInitialLineLength(4 * 1024)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(30);
    }

    private static Router mount(Router router, List<RouteGroup> groups) {
        groups.forEach(group -> group.mount(router));
        router.errorHandler(
                404,
                context -> new Problem(404, "Not found", "there is /healthz, /readyz, /metrics and /api/v1/status")
                        .answer(context));
        router.errorHandler(
                405, context -> new Problem(405, "Method not allowed", "see the documentation").answer(context));
        router.errorHandler(413, context -> new Problem(413, "Body too large", "send at most 64 KiB").answer(context));
        router.errorHandler(500, Routes::internalError);
        return router;
    }

    private static void internalError(RoutingContext context) {
        Throwable cause = context.failure();
        if (cause instanceof IllegalArgumentException) {
            new Problem(400, "Not possible", String.valueOf(cause.getMessage())).answer(context);
            return;
        }
        LOG.error(
                "{} {} ended in an error",
                context.request().method(),
                context.request().path(),
                cause);
        new Problem(500, "Internal error", "see the daemon's log").answer(context);
    }
}
