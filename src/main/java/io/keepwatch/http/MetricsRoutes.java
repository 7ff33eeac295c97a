package io.keepwatch.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /metrics} in the OpenMetrics text format 1.0.0. */
public final class MetricsRoutes implements RouteGroup {
    public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Supplier<CompletionStage<String>> scrape;

    /** @param scrape gives the whole page, ready to send */
    public MetricsRoutes(Supplier<CompletionStage<String>> scrape) {
        this.scrape = scrape;
    }

    @Override
    public void mount(Router router) {
        router.get("/metrics")
                .handler(context -> Answer.to(
                        context,
                        scrape.get(),
                        page -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, OPEN_METRICS)
                                .end(page)));
    }
}
