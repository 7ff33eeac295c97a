package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.util.Map;

/** {@code /api/v1/configuration}: the settings in force, which do not change while the daemon runs. */
public final class ConfigurationRoutes implements RouteGroup {
    private final String text;
    private final String tag;

    /** @param settings by key, with secrets masked */
    public ConfigurationRoutes(Map<String, Object> settings) {
        this.text = Json.write(Map.of("settings", settings));
        this.tag = ETag.of(text);
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/configuration").handler(context -> {
            if (ETag.matches(context, tag)) {
                ETag.notModified(context, tag);
            } else {
                context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.ETAG, tag)
                        .end(text);
            }
        });
    }
}
