package io.keepwatch.daemon;

import io.keepwatch.http.RefusedException;
import io.keepwatch.workflow.trial.Replay;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the rules in force an event again. */
final class EventReplay {
    private static final Logger LOG = LoggerFactory.getLogger(EventReplay.class);

    private final RuleService service;

    EventReplay(RuleService service) {
        this.service = service;
    }

    /** The event with its new id, once all that follows from it is on the disk. Fails with RefusedException where they take none such. */
    CompletionStage<RuleEvent> of(RuleEvent event, String by) {
        Replay replay = new Replay(service.rules(), event);
        Optional<String> refusal = replay.refusal();
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(RefusedException.badRequest(refusal.get()));
        }
        RuleEvent again = replay.again(service.newId());
        LOG.info("{} gives the event {} to the rules again, as {}", by, event.id(), again.id());
        return service.receive(again).thenApply(done -> again);
    }
}
