package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** An error as RFC 9457 describes it: what happened and what to do, for programs and people. */
public record Problem(int status, String title, String detail) {
    static final String TYPE = "application/problem+json";

    void answer(RoutingContext context) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .end(Json.write(this));
    }
}
