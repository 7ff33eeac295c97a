package io.keepwatch.action.send;

import io.keepwatch.workflow.state.Delivery;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Brings messages to one target. Any thread; returns at once, and the stage never fails: what went wrong is the answer. */
interface Sender {
    CompletionStage<Answer> send(Delivery delivery, Instant now);
}
