package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code /api/v1/openapi.yaml}: the document that describes all of this. */
final class OpenApiRoutes implements RouteGroup {
    static final String RESOURCE = "openapi.yaml";

    private final String text = read();
    private final String tag = ETag.of(text);

    static String read() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " could not be read from the program's jar", e);
        }
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/openapi.yaml").handler(context -> {
            if (ETag.matches(context, tag)) {
                ETag.notModified(context, tag);
            } else {
                context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
                        .putHeader(HttpHeaders.ETAG, tag)
                        .end(text);
            }
        });
    }
}
