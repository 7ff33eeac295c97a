package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.RefusedKey;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Shape;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.unit.Ratio;
import io.keepwatch.workflow.rule.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of a step. */
final class StepKeys {
    /** The name under which the JSON Schema describes a step. */
    static final String STEP = "step";

    static final ValueType<YamlValue> STEP_LIST =
            Values.asWritten("a list of steps", "[{run: [sync]}]", new Shape.Items(new Shape.Reference(STEP)));

    static final Key<String> ID =
            Key.optional("id", Forms.stepId(), "the verb", "What later steps call this one: `steps.<id>`.");
    static final Key<YamlValue> IF = Key.optional(
            "if",
            Forms.expression("steps.test.exit_code != 0"),
            "success()",
            "Whether the step runs. `success()`, `failure()` and `always()` tell of the steps before.");
    static final Key<YamlValue> RUN = Key.optional(
            "run",
            Values.asWritten(
                    "a list of a program and its arguments",
                    "[systemctl, reload, nginx]",
                    new Shape.Items(Shape.Anything.VALUE)),
            "",
            "A program and its arguments. No shell reads them.");
    static final Key<String> WEBHOOK =
            Key.optional("webhook", Forms.name("ops"), "", "A target of `webhooks` in the configuration.");
    static final Key<String> NOTIFY =
            Key.optional("notify", Forms.name("ops"), "", "A channel of `notify` in the configuration.");
    static final Key<YamlValue> BACKUP = Key.optional(
            "backup",
            Forms.textOrList("/etc"),
            "",
            "Absolute paths beneath roots, to back up now; with `from: snapshot` in `with`, as they are at one moment.");
    static final Key<YamlValue> RESTORE =
            Key.optional("restore", Forms.textOrList("/etc/hosts"), "", "Absolute paths to bring back.");
    static final Key<String> PROBE = Key.optional(
            "probe", Forms.eventType("disk.usage"), "", "A probe to read now, for the same subject as the event.");
    static final Key<Verb.Lvm.Work> LVM = Key.optional(
            "lvm",
            Values.choice(
                    text -> text.equals("merge") ? Verb.Lvm.Work.MERGE : Verb.Lvm.Work.SNAPSHOT,
                    List.of("snapshot", "merge")),
            "",
            "`snapshot` makes a snapshot of a logical volume, `merge` takes the volume back to it.");
    static final Key<String> EMIT =
            Key.optional("emit", Forms.eventType("failover.done"), "", "An event type to publish for other rules.");
    static final Key<Duration> WAIT = Key.optional("wait", Forms.duration("5m"), "", "A time to let pass.");
    static final Key<YamlValue> APPROVE = Key.optional(
            "approve", Forms.text("Fail over?"), "", "A question to a person, answered with `keepwatch approve`.");
    static final Key<String> CALL =
            Key.optional("call", Forms.name("cleanup"), "", "Another rule, whose steps run here.");
    static final Key<YamlValue> PARALLEL = Key.optional("parallel", STEP_LIST, "", "Steps to do at once.");
    static final Key<YamlValue> FOREACH = Key.optional(
            "foreach",
            Forms.textOrList("${event.data.paths}"),
            "",
            "A list; `steps` run for each `item` of it, one after the other.");
    static final Key<YamlValue> STEPS = Key.optional("steps", STEP_LIST, "", "Of `foreach`.");
    static final Key<YamlValue> WITH = Key.optional(
            "with", Forms.map("{text: \"…\"}"), "", "Values for the action. The only place for `secret()`.");
    static final Key<YamlValue> ENV =
            Key.optional("env", Forms.map("{TOKEN: \"${secret('token')}\"}"), "", "Environment variables of `run`.");
    static final Key<YamlValue> DATA = Key.optional("data", Forms.map("{ok: true}"), "", "The data of `emit`.");
    static final Key<Duration> TIMEOUT = Key.optional(
            "timeout",
            Forms.duration("10m"),
            "10m for run, 24h for approve, else 1h",
            "Then a program gets TERM and, 10 s later, KILL.");
    static final Key<Boolean> DEFAULT = Key.of(
            "default",
            Values.choice(text -> text.equals("yes"), List.of("yes", "no")),
            "no",
            "The answer of `approve` when nobody gave one in time.");
    static final Key<Boolean> ON_ERROR = Key.of(
            "on_error",
            Values.choice(text -> text.equals("continue"), List.of("fail", "continue")),
            "fail",
            "Whether the run goes on when the step fails.");
    static final Key<Boolean> EFFECT = Key.of(
            "effect",
            Values.choice(text -> text.equals("repeatable"), List.of("once", "repeatable")),
            "once",
            "Whether `run` may be started again after a crash in its middle; else such a step ends as uncertain.");
    static final Key<Duration> ONCE_WITHIN = Key.optional(
            "once_within", Forms.duration("1d"), "", "At most once in this time, for each rule, step and subject.");
    static final Key<List<String>> WRITES = Key.of(
            "writes",
            Values.valueOrList(Values.text("/etc/nginx/**")),
            "[]",
            "Paths that `run` changes; their changes do not start the same rule again.");
    static final Key<String> USER = Key.optional(
            "user", Forms.name("www-data"), "rules.user of the configuration", "The user that `run` runs as.");

    static final Key<Integer> ATTEMPTS = Key.of("attempts", Values.integer(1, 100), "3", "How often, in all.");
    static final Key<Boolean> BACKOFF = Key.of(
            "backoff",
            Values.choice(text -> text.equals("exponential"), List.of("fixed", "exponential")),
            "exponential",
            "Whether the delay doubles each time.");
    static final Key<Duration> DELAY =
            Key.of("delay", Values.duration("10s", Duration.ZERO), "10s", "Before the second attempt.");
    static final Key<Duration> MAX_DELAY = Key.of("max_delay", Forms.duration("5m"), "5m", "Between any two attempts.");
    static final Key<Ratio> JITTER =
            Key.of("jitter", Values.parsed("a share", "20%", Ratio::parse), "20%", "How much the delay may vary.");
    static final Section<YamlMap> RETRY_MAP =
            Section.of(List.of(ATTEMPTS, BACKOFF, DELAY, MAX_DELAY, JITTER), Optional::of);
    static final Key<YamlMap> RETRY =
            Key.optional("retry", RETRY_MAP, "no retry", "How a step that failed is tried again.");

    /** Each verb and the keys that only some verbs have. */
    static final Map<String, Set<Key<?>>> VERBS = Map.ofEntries(
            Map.entry("run", Set.of(ENV, EFFECT, WRITES, USER, TIMEOUT, RETRY)),
            Map.entry("webhook", Set.of(WITH, TIMEOUT, RETRY)),
            Map.entry("notify", Set.of(WITH, TIMEOUT, RETRY)),
            Map.entry("backup", Set.of(WITH, TIMEOUT, RETRY)),
            Map.entry("restore", Set.of(WITH, TIMEOUT, RETRY)),
            Map.entry("probe", Set.of(WITH, TIMEOUT, RETRY)),
            Map.entry("lvm", Set.of(WITH, TIMEOUT, RETRY)),
            Map.entry("emit", Set.of(DATA)),
            Map.entry("wait", Set.of()),
            Map.entry("approve", Set.of(TIMEOUT, DEFAULT)),
            Map.entry("call", Set.of()),
            Map.entry("parallel", Set.of()),
            Map.entry("foreach", Set.of(STEPS)));

    static final List<Key<?>> ONLY_SOME =
            List.of(WITH, ENV, DATA, TIMEOUT, DEFAULT, EFFECT, WRITES, USER, RETRY, STEPS);

    static final Section<YamlMap> SECTION = new Section<>(
            List.of(
                    ID,
                    IF,
                    RUN,
                    WEBHOOK,
                    NOTIFY,
                    BACKUP,
                    RESTORE,
                    PROBE,
                    LVM,
                    EMIT,
                    WAIT,
                    APPROVE,
                    CALL,
                    PARALLEL,
                    FOREACH,
                    STEPS,
                    WITH,
                    ENV,
                    DATA,
                    TIMEOUT,
                    DEFAULT,
                    RETRY,
                    ON_ERROR,
                    EFFECT,
                    ONCE_WITHIN,
                    WRITES,
                    USER),
            List.of(
                    new RefusedKey(
                            "shell", "\"shell\" is not a verb", "write run: [sh, -c, \"…\"], and env: for values"),
                    new RefusedKey("name", "a step has no \"name\"", "write id"),
                    new RefusedKey("when", "a step has no \"when\"", "write if")),
            List.of(VERBS.keySet()),
            Optional::of);

    private StepKeys() {}
}
