package io.keepwatch.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Ends a request with a value that is computed elsewhere, on the request's own context; a failure becomes a 500. */
final class Answer {
    private Answer() {}

    static <T> void to(RoutingContext context, CompletionStage<T> value, Consumer<T> success) {
        Future.fromCompletionStage(value, context.vertx().getOrCreateContext())
                .onSuccess(success::accept)
                .onFailure(context::fail);
    }
}
