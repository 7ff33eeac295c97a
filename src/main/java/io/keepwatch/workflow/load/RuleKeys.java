package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.RefusedKey;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.rule.Concurrency.Policy;
import io.keepwatch.workflow.rule.Limit;
import io.keepwatch.workflow.rule.Rule.Mode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The keys of a rule file and of a rule. */
final class RuleKeys {
    static final Key<String> DESCRIPTION = Key.optional("description", Values.text("Tells …"), "", "For people.");
    static final Key<YamlMap> ON =
            Key.optional("on", TriggerKeys.SECTION, "", "What makes the rule run; absent in a rule that others call.");
    static final Key<Mode> MODE = Key.of(
            "mode",
            Values.choice(Mode.class),
            "on",
            "`shadow` evaluates and records, but does nothing; `off` does not even evaluate.");
    static final Key<Policy> POLICY = Key.of(
            "policy",
            Values.choice(Policy.class),
            "queue",
            "What becomes of a run while another one of the same rule and key is under way.");
    static final Key<Integer> LIMIT = Key.of("limit", Values.integer(1, 32), "1", "How many may be under way at once.");
    static final Key<Integer> QUEUE = Key.of(
            "queue", Values.integer(1, 10_000), "100", "How many may wait; of more, the oldest that waits is dropped.");
    static final Key<Boolean> REPLACE_RUNNING =
            Key.of("replace_running", Values.bool(), "false", "Whether `replace` also stops the run under way.");
    static final Key<YamlMap> CONCURRENCY = Key.optional(
            "concurrency",
            Section.of(List.of(POLICY, LIMIT, QUEUE, REPLACE_RUNNING), Optional::of),
            "one at a time",
            "Runs of the same rule and key.");
    static final Key<YamlValue> STEPS = Key.required("steps", StepKeys.STEP_LIST, "What to do, in this order.");
    static final Key<YamlValue> ON_FAILURE = Key.optional(
            "on_failure", StepKeys.STEP_LIST, "", "What to do when a step failed; `error.message` tells why.");
    static final Key<YamlValue> FINALLY = Key.optional(
            "finally", StepKeys.STEP_LIST, "", "What to do at the end of every run; `run.ok` tells how it went.");
    static final Key<YamlValue> ON_RESOLVE =
            Key.optional("on_resolve", StepKeys.STEP_LIST, "", "What to do when a state that fired is over.");
    static final Key<Limit> MAX_RUNS = Key.of(
            "max_runs",
            Values.parsed("a number of runs in a time", "30/h", Limit::parse),
            "30/h",
            "More runs of one key trip the breaker: no runs for an hour, and one notification.");
    static final Key<List<String>> INHIBIT = Key.of(
            "inhibit",
            Values.valueOrList(Forms.name("another-rule")),
            "[]",
            "Rules whose notify and webhook steps are withheld while this one fires.");

    static final Section<YamlMap> RULE = new Section<>(
            List.of(DESCRIPTION, ON, MODE, CONCURRENCY, STEPS, ON_FAILURE, FINALLY, ON_RESOLVE, MAX_RUNS, INHIBIT),
            List.of(
                    new RefusedKey("trigger", "a rule has no \"trigger\"", "write on"),
                    new RefusedKey("when", "\"when\" stands within on", "move it below on"),
                    new RefusedKey("enabled", "a rule has no \"enabled\"", "write mode: on or mode: off")),
            Optional::of);

    static final Key<String> CRON = Key.required("cron", Values.text("0 2 * * 0"), "When it begins.");
    static final Key<Duration> LASTS = Key.required("for", Forms.duration("2h"), "How long it lasts.");
    static final Key<ZoneId> TIMEZONE = Key.optional("timezone", TriggerKeys.ZONE, "UTC", "The time zone of `cron`.");
    static final Key<List<String>> RULES_COVERED = Key.of(
            "rules", Values.valueOrList(Forms.name("disk-full")), "[]", "Those it holds for; all, where absent.");
    static final Section<YamlMap> MAINTENANCE_WINDOW =
            Section.of(List.of(CRON, LASTS, TIMEZONE, RULES_COVERED), Optional::of);

    static final Key<Integer> VERSION = Key.required("version", Values.integer(1, 1), "The version of the language.");
    static final Key<List<Named<YamlMap>>> RULES =
            Key.of("rules", Values.named(RULE), "{}", "The rules by their names.");
    static final Key<List<YamlMap>> MAINTENANCE =
            Key.of("maintenance", Values.listOf(MAINTENANCE_WINDOW), "[]", "Times in which nobody is notified.");
    static final Key<List<YamlMap>> TESTS =
            Key.of("tests", Values.listOf(TestKeys.SECTION), "[]", "Tests of these rules, for `keepwatch rules test`.");

    static final Section<YamlMap> FILE = Section.of(List.of(VERSION, RULES, MAINTENANCE, TESTS), Optional::of);

    private RuleKeys() {}
}
