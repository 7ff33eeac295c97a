package io.keepwatch.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the routes may ask and tell the rules. Any thread; nothing here blocks. A stage fails with {@link RefusedException}
 * where what is named does not exist.
 */
public interface RulesView {
    CompletionStage<Rules> rules();

    /** Loads the rule files anew; where one has a mistake, the rules of before go on. */
    CompletionStage<Reload> reload();

    /** The newest first; the cursor is the last id. */
    CompletionStage<Page<Run>> runs(RunQuery query, PageRequest page);

    /** Empty where there is no such run. */
    CompletionStage<Optional<RunDetail>> run(String id);

    /** What a rule makes of the newest event of each subject that it waits for, the newest first; empty where there is none such. */
    CompletionStage<Optional<List<Verdict>>> explain(String rule);

    /**
     * Gives rules an event again that made some rule run, with a new id; completes when all that follows is on the disk. Empty
     * where no such event is kept.
     */
    CompletionStage<Optional<Replayed>> replay(String event, String by);

    /** Questions that wait for a person, the oldest first. */
    CompletionStage<List<Approval>> approvals();

    /** Answers a question; false where nobody waits for it. */
    CompletionStage<Boolean> answer(Decision decision, String by);

    /** Those that are not over, the first to end first. */
    CompletionStage<List<Silence>> silences();

    CompletionStage<Silence> silence(SilenceOrder order, String by);

    /** Ends a silence; false where there is none. */
    CompletionStage<Boolean> unsilence(String id);

    /** The rules in force, by name, and what is wrong with the files of the last load. */
    record Rules(List<Rule> items, List<Mistake> problems) {
        public Rules {
            items = List.copyOf(items);
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param place file and line
     * @param mode {@code on}, {@code shadow} or {@code off}
     * @param trigger in words; empty where it can only be called
     * @param runs that are kept
     * @param problem why it could not be judged last
     */
    record Rule(
            String name,
            String place,
            String description,
            String mode,
            Optional<String> trigger,
            boolean firing,
            long runs,
            Optional<LastRun> lastRun,
            Optional<String> problem) {}

    /** The newest run of a rule. */
    record LastRun(String id, String status, Instant created) {}

    /**
     * What a rule makes of an event, without what it remembers from before.
     *
     * @param verdict one sentence
     * @param parts of its conditions, from the inside out
     */
    record Verdict(CloudEvent event, boolean matches, String verdict, List<Part> parts) {
        public Verdict {
            parts = List.copyOf(parts);
        }
    }

    /** @param key {@code when}, {@code clear} or {@code by} */
    record Part(String key, String expression, String value) {}

    /** What is wrong with a rule file, from line and column 1 on. */
    record Mistake(String file, int line, int column, String problem, String advice) {}

    /** @param rules how many are in force now */
    record Reload(boolean accepted, int rules, List<Mistake> problems) {
        public Reload {
            problems = List.copyOf(problems);
        }
    }

    /** @param status one of {@link Run#status()} */
    record RunQuery(Optional<String> rule, Optional<String> status, TimeRange range) {}

    /**
     * @param status {@code queued}, {@code running}, {@code succeeded}, {@code failed}, {@code uncertain}, {@code
     *     cancelled} or {@code shadow}
     */
    record Run(
            String id,
            String rule,
            String key,
            String eventType,
            String eventSubject,
            boolean resolve,
            String status,
            Instant created,
            Optional<Instant> ended,
            Optional<String> problem) {}

    /** @param steps in the order they were begun */
    record RunDetail(Run run, CloudEvent event, List<Step> steps) {
        public RunDetail {
            steps = List.copyOf(steps);
        }
    }

    /** @param status {@code running}, {@code retrying}, {@code waiting}, {@code succeeded}, {@code failed}, {@code skipped} or {@code uncertain} */
    record Step(
            String path,
            String status,
            int attempt,
            Optional<Instant> until,
            Optional<String> error,
            Map<String, Object> result) {
        public Step {
            result = Map.copyOf(result);
        }
    }

    /**
     * An event that was given to the rules again.
     *
     * @param event its new id
     * @param causation the id it had before
     * @param runs those that it started at once
     */
    record Replayed(String event, String causation, String eventType, String eventSubject, List<String> runs) {
        public Replayed {
            runs = List.copyOf(runs);
        }
    }

    /** @param otherwise the answer when nobody gives one in time */
    record Approval(
            String run,
            String step,
            String rule,
            String question,
            Instant asked,
            Optional<Instant> until,
            boolean otherwise) {}

    /** The answer to a question. */
    record Decision(String run, String step, boolean approved) {}

    /** @param rule a name, or {@code *} for all; the subject likewise */
    record SilenceOrder(String rule, String subject, Instant until, String comment) {}

    /** As {@link SilenceOrder}, with its id. */
    record Silence(String id, String rule, String subject, Instant until, String comment) {}
}
