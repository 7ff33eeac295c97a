package io.keepwatch.daemon;

import io.keepwatch.action.hook.HookAnswer;
import io.keepwatch.http.HooksView;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets in what proves to know the secret of its hook, and says so once all that follows is on the disk. */
final class HookDoor implements HooksView {
    private final RuleService service;
    private final Clock clock;

    HookDoor(RuleService service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Verdict> receive(String name, Map<String, String> headers, byte[] body) {
        HookAnswer answer = service.hooks().receive(name, headers, body, clock.instant());
        if (answer instanceof HookAnswer.Refused refused) {
            return CompletableFuture.completedFuture(new Verdict(refused.status(), refused.problem()));
        } else if (answer instanceof HookAnswer.Accepted accepted) {
            return service.receive(accepted.event()).handle((done, problem) -> {
                if (problem != null) {
                    return new Verdict(503, String.valueOf(problem.getMessage()));
                }
                service.hooks().accepted(accepted, clock.instant());
                return new Verdict(202, "");
            });
        }
        return CompletableFuture.completedFuture(new Verdict(202, ""));
    }
}
