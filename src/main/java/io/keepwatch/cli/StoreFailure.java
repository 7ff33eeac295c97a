package io.keepwatch.cli;

import java.util.concurrent.CompletionException;

/** Takes the store's own exception out of the wrapping of its stage. */
final class StoreFailure {
    private StoreFailure() {}

    static RuntimeException of(CompletionException failure) {
        return failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
}
