package io.keepwatch.layout;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Failures of stages, without the wrapper that a chain of stages puts around them. */
public final class Failures {
    private Failures() {}

    /** What was thrown in the first place. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    /** The stage, or where it fails, what {@code instead} makes of the failure. */
    public static <T> CompletionStage<T> recover(
            CompletionStage<T> stage, Function<Throwable, CompletionStage<T>> instead) {
        return stage.exceptionallyCompose(failure -> instead.apply(cause(failure)));
    }
}
