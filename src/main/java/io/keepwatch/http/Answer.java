package io.keepwatch.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Ends a request with a value that is computed elsewhere, on the request's own context; a failure becomes a problem. */
final class Answer {
    private Answer() {}

    /** @param success is not called where the sender of the request is gone by then */
    static <T> void to(RoutingContext context, CompletionStage<T> value, Consumer<T> success) {
        Future.fromCompletionStage(value, context.vertx().getOrCreateContext())
                .onSuccess(answer -> succeed(context, answer, success))
                .onFailure(context::fail);
    }

    private static <T> void succeed(RoutingContext context, T answer, Consumer<T> success) {
        try {
            // The sender may be gone by now.
            if (!context.response().closed()) {
                success.accept(answer);
            }
        } catch (RuntimeException e) {
            context.fail(e);
        }
    }

    static void json(RoutingContext context, int status, Object value) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.write(value));
    }

    static <T> void json(RoutingContext context, int status, CompletionStage<T> value) {
        boolean unpacks = Gzip.isUnderstood(context.request());
        to(
                context,
                value.thenApply(answer -> PackedJson.of(Json.write(answer), unpacks)),
                body -> body.send(context.response().setStatusCode(status)));
    }

    /** Asks, and makes the JSON, on a worker. */
    static <T> void blocking(RoutingContext context, Executor workers, Callable<T> question) {
        json(context, 200, ask(workers, question));
    }

    static <T> CompletionStage<T> ask(Executor workers, Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
