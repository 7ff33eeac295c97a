package io.keepwatch.action.send;

/**
 * What is known of a message after its first attempt.
 *
 * @param accepted whether it arrived, or waits to be tried again
 * @param status of the answer; 0 where there was none
 * @param problem why it did not arrive; empty when it did
 */
public record Receipt(boolean accepted, boolean delivered, int status, String problem) {
    static Receipt of(Answer answer, boolean kept) {
        boolean delivered = answer.kind() == Answer.Kind.DELIVERED;
        return new Receipt(
                delivered || (kept && answer.kind() == Answer.Kind.LATER),
                delivered,
                answer.status(),
                answer.problem());
    }
}
