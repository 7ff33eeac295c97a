package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.expr.Expressions;
import io.keepwatch.workflow.expr.Names;
import io.keepwatch.workflow.rule.Concurrency;
import io.keepwatch.workflow.rule.Concurrency.Policy;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.type.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one rule. */
final class RuleReader {
    private static final List<Field> RUN = List.of(
            Field.text("id", "of this run"),
            Field.text("rule", "its name"),
            Field.truth("ok", "whether no step failed so far"),
            Field.text("status", "running, succeeded, failed or uncertain"));
    private static final List<Field> ERROR = List.of(
            Field.text("message", "why the step failed"),
            Field.text("step", "which step"),
            Field.text("status", "failed or uncertain"));

    private final Expressions expressions;
    private final Loading loading;

    RuleReader(Expressions expressions, Loading loading) {
        this.expressions = expressions;
        this.loading = loading;
    }

    /** Empty when the trigger could not be read; everything else that is wrong is reported all the same. */
    Optional<Rule> read(Named<YamlMap> named, String place) {
        YamlMap map = named.value();
        if (!Forms.isName(named.name())) {
            named.key()
                    .error(
                            "\"" + named.name() + "\" is not the name of a rule",
                            "write 1 to 63 of a-z, 0-9, _ and -, beginning with a letter");
        }
        ExpressionReader reader =
                new ExpressionReader(expressions, loading.known().secrets());
        Optional<YamlMap> on = map.find(RuleKeys.ON);
        Optional<Trigger> trigger = on.flatMap(found -> new TriggerReader(loading, reader).read(found));
        if (map.has(RuleKeys.ON) && trigger.isEmpty()) {
            // Without the type of its event nothing in the steps could be checked.
            return Optional.empty();
        }
        Names names = trigger.map(found -> TriggerReader.names(found.source(), found.type(), loading.types()))
                .orElse(Names.NONE)
                .with("run", RUN);
        Scope scope = new Scope(names, ids(map));
        StepReader steps = new StepReader(reader, loading);
        List<Step> main = sequence(map, RuleKeys.STEPS, steps, scope);
        List<Step> onFailure =
                sequence(map, RuleKeys.ON_FAILURE, steps, scope.copy().over(more -> more.with("error", ERROR)));
        List<Step> lastly =
                sequence(map, RuleKeys.FINALLY, steps, scope.copy().over(more -> more.with("error", ERROR)));
        if (map.has(RuleKeys.ON_RESOLVE)
                && trigger.filter(found -> found.source() instanceof Trigger.OnState)
                        .isEmpty()) {
            map.errorAtKey(
                    RuleKeys.ON_RESOLVE,
                    "these steps never run: only a state is resolved",
                    "use a state trigger, or remove on_resolve");
        }
        List<Step> onResolve = sequence(map, RuleKeys.ON_RESOLVE, steps, new Scope(names, ids(map)));
        return Optional.of(new Rule(
                named.name(),
                place,
                map.find(RuleKeys.DESCRIPTION).orElse(""),
                trigger,
                map.value(RuleKeys.ON).map(YamlValue::fingerprint).orElse(""),
                map.get(RuleKeys.MODE),
                map.find(RuleKeys.CONCURRENCY).map(RuleReader::concurrency).orElse(Concurrency.DEFAULT),
                main,
                onFailure,
                lastly,
                onResolve,
                map.get(RuleKeys.MAX_RUNS),
                map.get(RuleKeys.INHIBIT)));
    }

    private static List<Step> sequence(YamlMap map, Key<YamlValue> key, StepReader reader, Scope scope) {
        return map.find(key).map(list -> reader.sequence(list, scope)).orElse(List.of());
    }

    private static Concurrency concurrency(YamlMap map) {
        Policy policy = map.get(RuleKeys.POLICY);
        if (map.has(RuleKeys.REPLACE_RUNNING) && policy != Policy.REPLACE) {
            map.errorAtKey(
                    RuleKeys.REPLACE_RUNNING, "\"replace_running\" needs policy: replace", "add it, or remove this");
        }
        if (map.has(RuleKeys.QUEUE) && policy != Policy.QUEUE) {
            map.errorAtKey(RuleKeys.QUEUE, "\"queue\" needs policy: queue", "remove one of them");
        }
        int limit = map.has(RuleKeys.LIMIT) || policy != Policy.PARALLEL ? map.get(RuleKeys.LIMIT) : 32;
        return new Concurrency(policy, limit, map.get(RuleKeys.QUEUE), map.get(RuleKeys.REPLACE_RUNNING));
    }

    /** Every id that a step of the rule gives itself, wherever the step stands. */
    private static Map<String, YamlValue> ids(YamlMap map) {
        Map<String, YamlValue> ids = new LinkedHashMap<>();
        for (Key<YamlValue> key : List.of(RuleKeys.STEPS, RuleKeys.ON_FAILURE, RuleKeys.FINALLY, RuleKeys.ON_RESOLVE)) {
            map.value(key).ifPresent(list -> collect(list, ids));
        }
        return ids;
    }

    private static void collect(YamlValue value, Map<String, YamlValue> ids) {
        value.items().orElse(List.of()).forEach(item -> collect(item, ids));
        for (Named<YamlValue> entry : value.quietEntries()) {
            if (entry.name().equals(StepKeys.ID.name())) {
                entry.value().word().ifPresent(id -> ids.putIfAbsent(id, entry.value()));
            } else if (List.of("parallel", "steps").contains(entry.name())) {
                collect(entry.value(), ids);
            }
        }
    }
}
