package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.load.ExpressionReader.Secrets;
import io.keepwatch.workflow.rule.Retry;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the steps of one rule in their order, so that each is checked against those before it. */
final class StepReader {
    private final ExpressionReader expressions;
    private final VerbReader verbs;
    private final Set<String> taken = new HashSet<>();

    StepReader(ExpressionReader expressions, Loading loading) {
        this.expressions = expressions;
        this.verbs = new VerbReader(expressions, loading, this);
    }

    /** The steps of a list; each is added to the scope behind it. */
    List<Step> sequence(YamlValue list, Scope scope) {
        Optional<List<YamlValue>> items = list.items();
        if (items.isEmpty()) {
            list.error("this needs a list of steps but holds " + list.found(), "begin each step with \"- \"");
        } else if (items.get().isEmpty()) {
            list.error("there is no step", "write what to do, for example [{notify: ops, with: {text: \"…\"}}]");
        }
        List<Step> steps = new ArrayList<>();
        for (YamlValue item : items.orElse(List.of())) {
            read(item, scope).ifPresent(steps::add);
        }
        return steps;
    }

    /** A single step; empty when it holds a mistake. */
    List<Step> one(YamlValue item, Scope scope) {
        return read(item, scope).stream().toList();
    }

    private Optional<Step> read(YamlValue item, Scope scope) {
        Optional<YamlMap> map = item.map(StepKeys.SECTION);
        if (map.isEmpty()) {
            item.error("a step is a map but this is " + item.found(), "write {run: [program, argument]}");
        }
        return map.flatMap(found -> step(found, scope));
    }

    private Optional<Step> step(YamlMap map, Scope scope) {
        Optional<Key<?>> verbKey = StepKeys.SECTION.keys().stream()
                .filter(key -> StepKeys.VERBS.containsKey(key.name()) && map.has(key))
                .findFirst();
        if (verbKey.isEmpty()) {
            // What the step leaves behind is not known, but that it has an id is.
            map.find(StepKeys.ID).ifPresent(id -> scope.add(id, StepResults.of("run", Optional.empty())));
            return Optional.empty();
        }
        String word = verbKey.get().name();
        checkKeys(map, word);
        Optional<Expression> condition = map.find(StepKeys.IF).flatMap(value -> expressions.condition(value, scope));
        Reachability.check(map, condition, scope);
        Template.Fields with =
                fields(map, StepKeys.WITH, scope, word.equals("webhook") ? Secrets.ALLOWED : Secrets.REFUSED);
        Template.Fields env = fields(map, StepKeys.ENV, scope, Secrets.ALLOWED);
        Optional<Verb> verb = verbs.read(map, word, scope);
        WithKeys.check(map, word);
        String id = id(map, word);
        scope.add(id, StepResults.of(word, verbs.probed(map)));
        return verb.map(found -> new Step(
                id,
                found,
                condition,
                with,
                env,
                map.find(StepKeys.TIMEOUT),
                map.find(StepKeys.RETRY).map(StepReader::retry).orElse(Retry.NEVER),
                map.get(StepKeys.ON_ERROR),
                map.find(StepKeys.ONCE_WITHIN)));
    }

    private Template.Fields fields(YamlMap map, Key<YamlValue> key, Scope scope, Secrets secrets) {
        return map.find(key)
                .map(value -> expressions.fields(value, scope, secrets))
                .orElse(new Template.Fields(Map.of()));
    }

    private static void checkKeys(YamlMap map, String word) {
        Set<Key<?>> allowed = StepKeys.VERBS.getOrDefault(word, Set.of());
        for (Key<?> key : StepKeys.ONLY_SOME) {
            if (map.has(key) && !allowed.contains(key)) {
                String advice = key.name().equals("with") && word.equals("run")
                        ? "give values to a program with env, or as arguments"
                        : "remove it, or use another verb";
                map.errorAtKey(key, "\"" + key.name() + "\" does not go with \"" + word + "\"", advice);
            }
        }
    }

    private String id(YamlMap map, String word) {
        Optional<String> given = map.find(StepKeys.ID);
        if (given.isPresent()) {
            if (!taken.add(given.get())) {
                map.error(
                        StepKeys.ID,
                        "another step of this rule has the id \"" + given.get() + "\"",
                        "choose another id");
            }
            return given.get();
        }
        String id = word;
        for (int number = 2; !taken.add(id); number++) {
            id = word + "_" + number;
        }
        return id;
    }

    private static Retry retry(YamlMap map) {
        return new Retry(
                map.get(StepKeys.ATTEMPTS),
                map.get(StepKeys.BACKOFF),
                map.get(StepKeys.DELAY),
                map.get(StepKeys.MAX_DELAY),
                map.get(StepKeys.JITTER));
    }
}
