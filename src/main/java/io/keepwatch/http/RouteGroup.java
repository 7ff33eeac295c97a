package io.keepwatch.http;

import io.vertx.ext.web.Router;

/** Routes that belong together; one class each. */
public interface RouteGroup {
    void mount(Router router);
}
