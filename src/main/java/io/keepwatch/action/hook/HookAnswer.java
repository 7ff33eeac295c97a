package io.keepwatch.action.hook;

import io.keepwatch.workflow.type.RuleEvent;

/** What becomes of a call. */
public sealed interface HookAnswer {
    /**
     * The event is to be accepted; then {@link InboundHooks#accepted} and status 202.
     *
     * @param fingerprint by which the same call is known again under another id
     */
    record Accepted(RuleEvent event, String fingerprint) implements HookAnswer {}

    /** It came before: nothing is to be done, and the status is 202, as it was then. */
    record Repeated(String id) implements HookAnswer {}

    /** @param problem for the caller; it says nothing that helps to guess a secret */
    record Refused(int status, String problem) implements HookAnswer {}
}
