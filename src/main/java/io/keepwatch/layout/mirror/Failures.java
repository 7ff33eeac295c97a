package io.keepwatch.layout.mirror;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Failures of stages, without the wrapper that a chain of stages puts around them. */
final class Failures {
    private Failures() {}

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    /** The stage, or where it fails, what {@code instead} makes of the failure. */
    static <T> CompletionStage<T> recover(CompletionStage<T> stage, Function<Throwable, CompletionStage<T>> instead) {
        return stage.exceptionallyCompose(failure -> instead.apply(cause(failure)));
    }
}
