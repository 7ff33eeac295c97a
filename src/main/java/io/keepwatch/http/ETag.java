package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Whether the sender has already what it asks for. */
final class ETag {
    private static final int LENGTH = 16;

    private ETag() {}

    /** A tag in quotes that follows from a text. */
    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] bytes) {
        return '"' + HexFormat.of().formatHex(AccessToken.digest(bytes), 0, LENGTH) + '"';
    }

    static boolean matches(RoutingContext context, String tag) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))
                .filter(header -> Arrays.stream(header.split(","))
                        .map(String::strip)
                        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                        .anyMatch(known -> known.equals(tag) || known.equals("*")))
                .isPresent();
    }

    static void notModified(RoutingContext context, String tag) {
        context.response().setStatusCode(304).putHeader(HttpHeaders.ETAG, tag).end();
    }
}
