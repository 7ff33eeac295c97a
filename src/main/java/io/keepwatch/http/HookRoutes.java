package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code POST /hooks/<name>}: each hook has a secret of its own by which its callers prove who they are. They are programs
 * of others, which send neither the header of this API nor its tokens.
 */
public final class HookRoutes implements RouteGroup {
    private static final int BODY_LIMIT_BYTES = 256 * 1024;

    private final HooksView hooks;

    public HookRoutes(HooksView hooks) {
        this.hooks = hooks;
    }

    @Override
    public void mount(Router router) {
        router.post("/hooks/:name")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(this::receive)
                .failureHandler(HookRoutes::failed);
    }

    private static void failed(RoutingContext context) {
        if (context.statusCode() == 413) {
            new Problem(413, "Body too large", "send at most 256 KiB").answer(context);
        } else {
            context.next();
        }
    }

    private void receive(RoutingContext context) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        context.request().headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        byte[] body = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        Answer.to(context, hooks.receive(context.pathParam("name"), headers, body), verdict -> {
            if (verdict.status() < 300) {
                context.response()
                        .setStatusCode(verdict.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end("{}");
            } else {
                new Problem(verdict.status(), "Not taken", verdict.problem()).answer(context);
            }
        });
    }
}
