package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.expr.Result;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.load.ExpressionReader.Secrets;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a step does. */
final class VerbReader {
    private final ExpressionReader expressions;
    private final Loading loading;
    private final StepReader steps;

    VerbReader(ExpressionReader expressions, Loading loading, StepReader steps) {
        this.expressions = expressions;
        this.loading = loading;
        this.steps = steps;
    }

    /** Empty when it holds a mistake, which is reported then. */
    Optional<Verb> read(YamlMap map, String word, Scope scope) {
        return switch (word) {
            case "run" -> run(map, scope);
            case "webhook" ->
                known(map, StepKeys.WEBHOOK, loading.known().webhooks(), "webhooks")
                        .map(Verb.Webhook::new);
            case "notify" ->
                known(map, StepKeys.NOTIFY, loading.known().channels(), "notify")
                        .map(Verb.Notify::new);
            case "backup" -> paths(map, StepKeys.BACKUP, scope).map(Verb.Backup::new);
            case "restore" -> paths(map, StepKeys.RESTORE, scope).map(Verb.Restore::new);
            case "probe" -> probed(map).map(type -> new Verb.Probe(type.name()));
            case "lvm" -> map.find(StepKeys.LVM).map(Verb.Lvm::new);
            case "emit" -> emit(map, scope);
            case "wait" -> map.find(StepKeys.WAIT).map(Verb.Wait::new);
            case "approve" ->
                map.find(StepKeys.APPROVE)
                        .flatMap(text -> expressions.template(text, scope, Secrets.REFUSED))
                        .map(text -> new Verb.Approve(text, map.get(StepKeys.DEFAULT)));
            case "call" ->
                map.find(StepKeys.CALL)
                        .filter(rule -> isKnown(map, StepKeys.CALL, rule, loading.rules(), "there is no rule"))
                        .map(Verb.Call::new);
            case "parallel" -> map.find(StepKeys.PARALLEL).map(list -> new Verb.Parallel(branches(list, scope)));
            default -> forEach(map, scope);
        };
    }

    /** The type whose fields a probe step leaves behind; reports a probe that does not exist. */
    Optional<EventType> probed(YamlMap map) {
        return map.value(StepKeys.PROBE)
                .flatMap(YamlValue::text)
                .filter(name -> isKnown(map, StepKeys.PROBE, name, loading.probes(), "there is no probe"))
                .flatMap(loading.types()::find);
    }

    private Optional<Verb> run(YamlMap map, Scope scope) {
        Optional<YamlValue> value = map.find(StepKeys.RUN);
        Optional<List<YamlValue>> items = value.flatMap(YamlValue::items);
        if (value.isPresent() && items.isEmpty()) {
            String words = value.get()
                    .word()
                    .map(text -> text.strip().replaceAll("\\s+", ", "))
                    .orElse("program, argument");
            value.get().error("run takes a list of a program and its arguments", "write [" + words + "]");
        }
        if (items.isPresent() && items.get().isEmpty()) {
            value.get().error("there is no program to run", "write [program, argument]");
        }
        List<Template> command = new ArrayList<>();
        items.orElse(List.of()).forEach(item -> argument(item, scope).ifPresent(command::add));
        ShellText.check(items.orElse(List.of()));
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verb.Run(
                        command, map.get(StepKeys.EFFECT), map.get(StepKeys.WRITES), map.find(StepKeys.USER)));
    }

    private Optional<Template> argument(YamlValue item, Scope scope) {
        Optional<String> word = item.word();
        if (word.isEmpty()) {
            item.error("an argument is a text but this is " + item.found(), "put it in quotes");
            return Optional.empty();
        }
        return item.text().isPresent()
                ? expressions.template(item, scope, Secrets.REFUSED, Result.TEXTS)
                : Optional.of(new Template.Constant(word.get()));
    }

    private Optional<Template> paths(YamlMap map, Key<YamlValue> key, Scope scope) {
        map.value(key).ifPresent(value -> value.items().orElse(List.of(value)).forEach(VerbReader::checkPath));
        return map.find(key).flatMap(value -> expressions.template(value, scope, Secrets.REFUSED, Result.TEXTS));
    }

    private static void checkPath(YamlValue value) {
        value.word()
                .filter(text -> !text.startsWith("/") && !text.startsWith("${"))
                .ifPresent(text -> value.error("\"" + text + "\" is not an absolute path", "write /" + text));
    }

    private Optional<Verb> emit(YamlMap map, Scope scope) {
        return map.find(StepKeys.EMIT)
                .filter(type -> {
                    boolean own = loading.isOwnType(type);
                    if (own) {
                        map.error(
                                StepKeys.EMIT,
                                "events of type \"" + type + "\" are published by Keepwatch itself",
                                "choose another name");
                    }
                    return !own;
                })
                .map(type -> new Verb.Emit(
                        type,
                        map.find(StepKeys.DATA)
                                .map(data -> expressions.fields(data, scope, Secrets.REFUSED))
                                .orElse(new Template.Fields(Map.of()))));
    }

    private List<Step> branches(YamlValue list, Scope scope) {
        List<Step> branches = new ArrayList<>();
        if (list.items().isEmpty()) {
            steps.sequence(list, scope);
        }
        // Each sees what was done before all of them, and whoever comes after sees them all.
        Scope before = scope.copy();
        list.items().orElse(List.of()).forEach(item -> {
            Scope own = before.copy();
            branches.addAll(steps.one(item, own));
            own.newSince(before).forEach(scope::add);
        });
        return branches;
    }

    private Optional<Verb> forEach(YamlMap map, Scope scope) {
        if (!map.has(StepKeys.STEPS)) {
            map.self().error("\"foreach\" needs steps", "add steps: [{run: [program, \"${item}\"]}]");
        }
        Optional<Template> items = map.find(StepKeys.FOREACH)
                .flatMap(value -> expressions.template(value, scope, Secrets.REFUSED, Result.LIST));
        Scope inner = scope.over(names -> names.with("item", FieldType.ANY));
        List<Step> nested = map.find(StepKeys.STEPS)
                .map(list -> steps.sequence(list, inner))
                .orElse(List.of());
        return items.map(list -> new Verb.ForEach(list, nested));
    }

    private static Optional<String> known(YamlMap map, Key<String> key, Optional<Set<String>> names, String section) {
        return map.find(key).filter(name -> check(map, key, name, names, section));
    }

    /** Whether the section of the configuration has this name, or is not known; reports where it has not. */
    static boolean check(YamlMap map, Key<String> key, String name, Optional<Set<String>> names, String section) {
        return names.isEmpty()
                || isKnown(map, key, name, names.get(), "\"" + section + "\" in the configuration has no");
    }

    private static boolean isKnown(
            YamlMap map, Key<String> key, String name, Collection<String> known, String problem) {
        if (known.contains(name)) {
            return true;
        }
        map.error(
                key,
                problem + " \"" + name + "\"",
                NearestName.of(name, known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse(
                                known.isEmpty()
                                        ? "add it"
                                        : "known: "
                                                + String.join(
                                                        ", ",
                                                        known.stream().sorted().toList())));
        return false;
    }
}
