package io.keepwatch.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * An error as RFC 9457 describes it: what happened and what to do, for programs and people.
 *
 * @param retryAfter when to ask again, where nobody needs to do anything
 */
public record Problem(
        int status, String title, String detail, @JsonIgnore Optional<Duration> retryAfter) {
    static final String TYPE = "application/problem+json";

    public Problem(int status, String title, String detail) {
        this(status, title, detail, Optional.empty());
    }

    /** What goes away by itself. */
    static Problem passing(String title, String detail, Duration retryAfter) {
        return new Problem(503, title, detail, Optional.of(retryAfter));
    }

    void answer(RoutingContext context) {
        retryAfter.ifPresent(wait -> context.response().putHeader(HttpHeaders.RETRY_AFTER, "" + wait.toSeconds()));
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .end(Json.write(this));
    }
}
