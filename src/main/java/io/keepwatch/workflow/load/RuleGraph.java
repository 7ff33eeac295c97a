package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.rule.Verb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks how rules bring each other about: rules that start each other in a circle, and rules that nothing starts. */
final class RuleGraph {
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private record Node(Rule rule, YamlValue key, YamlMap map) {
        boolean isBounded() {
            return rule.on().flatMap(Trigger::throttle).isPresent() || map.has(RuleKeys.MAX_RUNS);
        }
    }

    void add(Rule rule, YamlValue key, YamlMap map) {
        nodes.put(rule.name(), new Node(rule, key, map));
    }

    void check(Map<String, Rule> rules, Set<String> names) {
        Set<String> called =
                rules.values().stream().flatMap(rule -> called(rule).stream()).collect(Collectors.toSet());
        nodes.values().forEach(node -> checkCalls(node, rules, called));
        nodes.values().forEach(node -> checkInhibited(node, names));
        reportCircles(rule -> called(rule), false, (rule, next) -> "calls");
        reportCircles(this::startedBy, true, this::starting);
    }

    private Rule rule(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("the rule \"" + name + "\" was not added");
        }
        return node.rule();
    }

    private static void checkCalls(Node node, Map<String, Rule> rules, Set<String> called) {
        Rule rule = node.rule();
        if (rule.on().isEmpty() && !called.contains(rule.name())) {
            node.key().error("nothing starts the rule \"" + rule.name() + "\"", "add on, or call it in another rule");
        }
        for (String name : called(rule)) {
            Optional<Trigger> on = Optional.ofNullable(rules.get(name)).flatMap(Rule::on);
            Optional<String> own = rule.on().map(trigger -> trigger.type().name());
            if (on.isPresent() && !on.map(trigger -> trigger.type().name()).equals(own)) {
                node.key()
                        .error(
                                "the rule \"" + name + "\" that is called here is for events of type \""
                                        + on.get().type().name() + "\"",
                                "move its steps into a rule without on");
            }
        }
    }

    private static void checkInhibited(Node node, Set<String> names) {
        for (String name : node.rule().inhibits()) {
            if (!names.contains(name)) {
                node.map().error(RuleKeys.INHIBIT, "there is no rule \"" + name + "\"", near(name, names));
            }
        }
    }

    private void reportCircles(
            Function<Rule, Collection<String>> next, boolean mayBeBounded, BiFunction<Rule, Rule, String> how) {
        Set<Set<String>> reported = new HashSet<>();
        for (Node start : nodes.values()) {
            Optional<List<String>> circle = circle(start.rule().name(), next);
            boolean bounded = mayBeBounded
                    && circle.orElse(List.of()).stream().map(nodes::get).anyMatch(Node::isBounded);
            if (circle.isPresent() && !bounded && reported.add(Set.copyOf(circle.get()))) {
                start.key().error(text(circle.get(), how), advice(mayBeBounded));
            }
        }
    }

    private static String advice(boolean mayBeBounded) {
        return mayBeBounded
                ? "break the circle, or bound it with throttle or max_runs in one of these rules"
                : "break the circle";
    }

    private String text(List<String> circle, BiFunction<Rule, Rule, String> how) {
        StringBuilder text = new StringBuilder("these rules start each other without end: ");
        for (int i = 0; i < circle.size(); i++) {
            Rule rule = rule(circle.get(i));
            Rule next = rule(circle.get((i + 1) % circle.size()));
            text.append(i == 0 ? "" : ", ")
                    .append(shown(rule))
                    .append(" ")
                    .append(how.apply(rule, next))
                    .append(" \"")
                    .append(next.name())
                    .append("\"");
        }
        return text.toString();
    }

    private static String shown(Rule rule) {
        return "\"" + rule.name() + "\" (" + rule.place() + ")";
    }

    /** The shortest way from a rule back to itself. */
    private Optional<List<String>> circle(String start, Function<Rule, Collection<String>> next) {
        Map<String, String> cameFrom = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String at = open.removeFirst();
            for (String name : next.apply(rule(at))) {
                if (name.equals(start)) {
                    return Optional.of(way(cameFrom, start, at));
                }
                if (nodes.containsKey(name) && !cameFrom.containsKey(name)) {
                    cameFrom.put(name, at);
                    open.add(name);
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> way(Map<String, String> cameFrom, String start, String end) {
        Deque<String> way = new ArrayDeque<>(List.of(end));
        while (!way.getFirst().equals(start)) {
            way.addFirst(cameFrom.getOrDefault(way.getFirst(), start));
        }
        return List.copyOf(way);
    }

    private static List<String> called(Rule rule) {
        return rule.allSteps()
                .map(step -> step.verb() instanceof Verb.Call call ? call.rule() : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** What a program of a rule writes never starts the same rule again, so that is no circle. */
    private List<String> startedBy(Rule rule) {
        List<String> started = new ArrayList<>();
        deeds(rule, rule.allSteps(), new HashSet<>())
                .forEach(deed -> nodes.values().stream()
                        .map(Node::rule)
                        .filter(other -> deed.starts(rule, other))
                        .forEach(other -> started.add(other.name())));
        return started;
    }

    /** In words; names the called rule whose steps start the other, where it is not the rule itself. */
    private String starting(Rule rule, Rule other) {
        return deeds(rule, rule.allSteps(), new HashSet<>())
                .filter(deed -> deed.starts(rule, other))
                .findFirst()
                .map(Deed::where)
                .filter(where -> !where.name().equals(rule.name()))
                .map(where -> "calls " + shown(where) + ", which starts")
                .orElse("starts");
    }

    /** What is done, and in the steps of which rule it stands. */
    private record Deed(Verb verb, Rule where) {
        private boolean starts(Rule rule, Rule other) {
            boolean writesOwn = verb instanceof Verb.Run && other.name().equals(rule.name());
            return !writesOwn
                    && other.on().filter(on -> RuleGraph.starts(verb, on)).isPresent();
        }
    }

    /** Of these steps, and of those that rules called here do in their place. */
    private Stream<Deed> deeds(Rule rule, Stream<Step> steps, Set<String> seen) {
        if (!seen.add(rule.name())) {
            return Stream.empty();
        }
        return steps.map(Step::verb).flatMap(verb -> {
            Optional<Node> called =
                    verb instanceof Verb.Call call ? Optional.ofNullable(nodes.get(call.rule())) : Optional.empty();
            return Stream.concat(
                    Stream.of(new Deed(verb, rule)),
                    called.stream()
                            .map(Node::rule)
                            .flatMap(
                                    other -> deeds(other, other.steps().stream().flatMap(Step::withNested), seen)));
        });
    }

    /** Whether doing this may bring about an event of the trigger. */
    private static boolean starts(Verb verb, Trigger on) {
        if (verb instanceof Verb.Emit emit) {
            return on.types().contains(emit.type());
        } else if (verb instanceof Verb.Backup) {
            return on.types().contains("backup.completed") || on.types().contains("backup.failed");
        } else if (verb instanceof Verb.Run run && on.source() instanceof Trigger.OnFile files) {
            return run.writes().stream()
                    .anyMatch(written -> files.patterns().stream().anyMatch(pattern -> overlap(written, pattern)));
        }
        return false;
    }

    /** Two patterns may meet when one's fixed beginning is within the other's. */
    private static boolean overlap(String one, String other) {
        String first = one.replaceFirst("[*?\\[].*", "");
        String second = other.replaceFirst("[*?\\[].*", "");
        return first.startsWith(second) || second.startsWith(first);
    }

    static String near(String written, Collection<String> known) {
        return NearestName.of(written, known)
                .map(found -> "did you mean \"" + found + "\"?")
                .orElse("known: " + String.join(", ", known.stream().sorted().toList()));
    }
}
