package io.keepwatch.http;

import java.util.concurrent.CompletionStage;

/** What the routes may ask the daemon. Any thread; the answer is computed on a worker. */
public interface StatusView {
    CompletionStage<Status> status();
}
