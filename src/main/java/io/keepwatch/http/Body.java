package io.keepwatch.http;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.keepwatch.unit.DisplayText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

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
            T body = Json.readExactly(
                    Optional.ofNullable(context.body().asString()).orElse(""), type);
            if (body == null) {
                throw new RefusedException(400, "Body missing", "send the JSON that /api/v1/openapi.yaml describes");
            }
            return body;
        } catch (UnrecognizedPropertyException e) {
            // A key that is misspelt must not count as absent: it may say that nothing is to be done yet.
            throw new RefusedException(
                    400,
                    "Unknown key",
                    "there is no \"" + DisplayText.of(e.getPropertyName().getBytes(StandardCharsets.UTF_8))
                            + "\" in this body; its keys are "
                            + e.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException(
                    400, "Body not understood", "send the JSON that /api/v1/openapi.yaml describes: " + firstLine(e));
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
