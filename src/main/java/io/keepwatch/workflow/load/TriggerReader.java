package io.keepwatch.workflow.load;

import static io.keepwatch.workflow.load.TriggerKeys.ABSENT;
import static io.keepwatch.workflow.load.TriggerKeys.ALL;
import static io.keepwatch.workflow.load.TriggerKeys.ANY;
import static io.keepwatch.workflow.load.TriggerKeys.CRON;
import static io.keepwatch.workflow.load.TriggerKeys.EVENT;
import static io.keepwatch.workflow.load.TriggerKeys.EVERY;
import static io.keepwatch.workflow.load.TriggerKeys.FILE;
import static io.keepwatch.workflow.load.TriggerKeys.STATE;
import static io.keepwatch.workflow.load.TriggerKeys.WEBHOOK;
import static io.keepwatch.workflow.load.TriggerKeys.WITHIN;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.Names;
import io.keepwatch.workflow.expr.Result;
import io.keepwatch.workflow.rule.Cron;
import io.keepwatch.workflow.rule.Throttle;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.rule.Trigger.Part;
import io.keepwatch.workflow.rule.Trigger.Source;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code on}. */
final class TriggerReader {
    /** Which triggers each key belongs to that not all of them have. */
    private static final Map<Key<?>, Set<String>> BELONGS = Map.of(
            TriggerKeys.CLEAR, Set.of("state"),
            TriggerKeys.FOR, Set.of("state"),
            TriggerKeys.KEEP_FIRING_FOR, Set.of("state"),
            TriggerKeys.WITHIN, Set.of("absent", "all", "any"),
            TriggerKeys.TIMEZONE, Set.of("cron"),
            TriggerKeys.MISSED, Set.of("cron"),
            TriggerKeys.WHEN, Set.of("state", "event", "file", "absent", "webhook"),
            TriggerKeys.DEBOUNCE, Set.of("event", "file", "webhook", "any"),
            TriggerKeys.BY, Set.of("state", "event", "file", "webhook", "all", "any"),
            TriggerKeys.THROTTLE, Set.of("state", "event", "file", "webhook", "all", "any"));

    private final EventTypes types;
    private final ExpressionReader expressions;
    private final Optional<Set<String>> hooks;

    TriggerReader(Loading loading, ExpressionReader expressions) {
        this.types = loading.types();
        this.hooks = loading.known().hooks();
        this.expressions = expressions;
    }

    /** Empty when it holds a mistake that leaves nothing to go on with; it is reported then. */
    Optional<Trigger> read(YamlMap map) {
        Optional<Key<?>> kind =
                TriggerKeys.SOURCES.stream().filter(map::has).findFirst().map(key -> key);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        BELONGS.forEach((key, kinds) -> {
            if (map.has(key) && !kinds.contains(kind.get().name())) {
                map.errorAtKey(
                        key,
                        "\"" + key.name() + "\" does not go with \""
                                + kind.get().name() + "\"",
                        "it belongs to "
                                + String.join(", ", kinds.stream().sorted().toList()) + "; remove it");
            }
        });
        Optional<Source> source = source(map, kind.get());
        Optional<EventType> type = source.flatMap(found -> eventType(map, found));
        return type.flatMap(event -> source.map(found -> trigger(map, found, event)));
    }

    private Trigger trigger(YamlMap map, Source source, EventType type) {
        Scope scope = new Scope(names(source, type, types), Map.of());
        Scope looked = source instanceof Trigger.OnAbsent absent
                ? new Scope(
                        Names.NONE.withEvent("event", types.find(absent.type()).orElse(type)), Map.of())
                : scope;
        return new Trigger(
                source,
                type,
                map.find(TriggerKeys.WHEN).flatMap(value -> judged(value, looked, Result.TRUTH)),
                map.find(TriggerKeys.CLEAR).flatMap(value -> judged(value, scope, Result.TRUTH)),
                map.get(TriggerKeys.FOR),
                map.get(TriggerKeys.KEEP_FIRING_FOR),
                by(map, scope),
                map.find(TriggerKeys.DEBOUNCE),
                throttle(map, scope));
    }

    private Optional<Throttle> throttle(YamlMap on, Scope scope) {
        Optional<YamlMap> throttle = on.find(TriggerKeys.THROTTLE);
        if (on.has(TriggerKeys.DEBOUNCE)
                && throttle.filter(map -> map.has(TriggerKeys.ONCE_AFTER)).isPresent()) {
            on.errorAtKey(
                    TriggerKeys.THROTTLE,
                    "\"once_after\" does not go with \"debounce\": both wait for the last event",
                    "keep one of them, or use once_within");
        }
        return throttle.map(map -> read(map, scope));
    }

    private Optional<Expression> by(YamlMap map, Scope scope) {
        return map.find(TriggerKeys.BY).flatMap(value -> judged(value, scope, Result.ANY));
    }

    /** Every event is judged at once, and none waits until files are compared for another one. */
    private Optional<Expression> judged(YamlValue value, Scope scope, Result result) {
        Optional<Expression> found = expressions.expression(value, scope, result);
        if (found.filter(expression -> expression.uses("diff")).isPresent()) {
            value.error(
                    "diff() takes time and cannot decide whether a rule runs",
                    "write it as if: of a step, for example if: diff(event.data.paths) != \"\"");
        }
        return found;
    }

    private Throttle read(YamlMap map, Scope scope) {
        Optional<Duration> after = map.find(TriggerKeys.ONCE_AFTER);
        if (after.isPresent() && map.has(TriggerKeys.BY)) {
            map.errorAtKey(
                    TriggerKeys.BY,
                    "\"by\" of a throttle does not go with \"once_after\"",
                    "write by beside the throttle, or use once_within");
        }
        return new Throttle(
                after.or(() -> map.find(TriggerKeys.ONCE_WITHIN)).orElse(Duration.ofHours(1)),
                after.isPresent(),
                by(map, scope));
    }

    /** The variables of a rule with this trigger. */
    static Names names(Source source, EventType type, EventTypes types) {
        Names names = Names.NONE.withEvent("event", type);
        if (source instanceof Trigger.OnAbsent absent) {
            return names.withEvent("previous", types.find(absent.type()).orElse(type));
        }
        boolean hasPrevious = source instanceof Trigger.OnEvent
                || source instanceof Trigger.OnState
                || source instanceof Trigger.OnFile
                || source instanceof Trigger.OnWebhook;
        return hasPrevious ? names.withEvent("previous", type) : names;
    }

    private Optional<Source> source(YamlMap map, Key<?> kind) {
        return switch (kind.name()) {
            case "state" -> map.find(STATE).map(Trigger.OnState::new);
            case "event" -> map.find(EVENT).map(Trigger.OnEvent::new);
            case "file" -> files(map);
            case "cron" -> cron(map);
            case "every" -> map.find(EVERY).map(Trigger.OnEvery::new);
            case "absent" ->
                within(map).flatMap(within -> map.find(ABSENT).map(type -> new Trigger.OnAbsent(type, within)));
            case "webhook" -> hook(map);
            case "all" -> several(map, ALL, true);
            default -> several(map, ANY, false);
        };
    }

    /** A name that the configuration does not have is reported, and the rest of the rule is checked all the same. */
    private Optional<Source> hook(YamlMap map) {
        Optional<String> name = map.find(WEBHOOK);
        name.ifPresent(written -> VerbReader.check(map, WEBHOOK, written, hooks, "hooks"));
        return name.map(Trigger.OnWebhook::new);
    }

    private static Optional<Duration> within(YamlMap map) {
        if (!map.has(WITHIN)) {
            map.self().error("the key \"within\" is missing", "add within: 10m");
        }
        return map.find(WITHIN);
    }

    private static Optional<Source> files(YamlMap map) {
        return map.find(FILE).map(patterns -> {
            for (String pattern : patterns) {
                if (!pattern.startsWith("/")) {
                    map.error(FILE, "\"" + pattern + "\" is not an absolute path pattern", "write /" + pattern);
                }
            }
            return new Trigger.OnFile(patterns);
        });
    }

    private static Optional<Source> cron(YamlMap map) {
        ZoneId zone = map.find(TriggerKeys.TIMEZONE).orElse(ZoneOffset.UTC);
        return map.find(CRON).flatMap(text -> {
            try {
                return Optional.of(new Trigger.OnCron(Cron.parse(text, zone), map.get(TriggerKeys.MISSED)));
            } catch (IllegalArgumentException e) {
                map.error(
                        CRON,
                        String.valueOf(e.getMessage()),
                        "write minute, hour, day, month and weekday, for example \"30 3 * * *\"");
                return Optional.empty();
            }
        });
    }

    private Optional<Source> several(YamlMap map, Key<List<YamlMap>> key, boolean all) {
        List<Part> parts = new ArrayList<>();
        map.find(key)
                .orElse(List.of())
                .forEach(part -> part.find(TriggerKeys.PART_EVENT)
                        .flatMap(name -> typeOf(part, TriggerKeys.PART_EVENT, name))
                        .ifPresent(type -> parts.add(new Part(
                                type.name(),
                                part.find(TriggerKeys.WHEN)
                                        .flatMap(when -> judged(
                                                when,
                                                new Scope(Names.NONE.withEvent("event", type), Map.of()),
                                                Result.TRUTH))))));
        if (map.has(key)
                && map.value(key)
                        .flatMap(value -> value.items())
                        .filter(items -> items.size() < 2)
                        .isPresent()) {
            map.error(
                    key,
                    "one event needs no \"" + key.name() + "\"",
                    "write event: " + (parts.isEmpty() ? "…" : parts.get(0).type()));
        }
        Optional<Duration> within =
                all ? within(map) : Optional.of(map.find(WITHIN).orElse(Duration.ZERO));
        return parts.isEmpty() ? Optional.empty() : within.map(time -> new Trigger.OnSeveral(all, parts, time));
    }

    private Optional<EventType> eventType(YamlMap map, Source source) {
        if (source instanceof Trigger.OnEvent event) {
            return typeOf(map, EVENT, event.type());
        } else if (source instanceof Trigger.OnState state) {
            return typeOf(map, STATE, state.type());
        } else if (source instanceof Trigger.OnAbsent absent) {
            return typeOf(map, ABSENT, absent.type())
                    .map(type -> EventType.of(
                            "absent",
                            "the subject of the event that is missing",
                            Field.text("type", "the event that is missing"),
                            Field.number("within_seconds", "how long it did not come")));
        } else if (source instanceof Trigger.OnSeveral several) {
            return Optional.of(merged(several));
        } else if (source instanceof Trigger.OnCron || source instanceof Trigger.OnEvery) {
            return Optional.of(
                    EventType.of("schedule", "the rule", Field.whole("missed", "times that passed before this one")));
        }
        return types.find(source instanceof Trigger.OnWebhook webhook ? "webhook." + webhook.name() : "file.changed");
    }

    private EventType merged(Trigger.OnSeveral several) {
        List<Field> fields = new ArrayList<>();
        several.parts().stream()
                .flatMap(part -> types.find(part.type()).stream())
                .flatMap(type -> type.fields().stream())
                .filter(field -> fields.stream().noneMatch(known -> known.name().equals(field.name())))
                .forEach(fields::add);
        return new EventType("several", "the subject of the last of them", fields);
    }

    private Optional<EventType> typeOf(YamlMap map, Key<String> key, String name) {
        Optional<EventType> type = types.find(name);
        if (type.isEmpty()) {
            String advice = NearestName.of(name, types.names())
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse("see docs/rules.md for the event types, or emit it in a rule");
            map.error(key, "there is no event type \"" + name + "\"", advice);
        }
        return type;
    }
}
