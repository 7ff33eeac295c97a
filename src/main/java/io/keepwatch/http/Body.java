package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;

/** The JSON that a request brings. */
final class Body {
    private Body() {}

    /** Throws {@link RefusedException} where it is not the JSON of this type, or not called so. */
    static <T> T read(RoutingContext context, Class<T> type) {
        // A form of another site cannot send this type without asking first.
        String sent = Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .orElse("");
        if (!sent.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new RefusedException(415, "Not JSON", "send JSON, with \"Content-Type: application/json\"");
        }
        try {
            T body = Json.read(Optional.ofNullable(context.body().asString()).orElse(""), type);
            if (body == null) {
                throw new RefusedException(400, "Body missing", "send the JSON that /api/v1/openapi.yaml describes");
            }
            return body;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException(
                    400, "Body not understood", "send the JSON that /api/v1/openapi.yaml describes: " + firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
