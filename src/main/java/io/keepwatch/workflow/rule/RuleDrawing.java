package io.keepwatch.workflow.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which events start which rules, and what rules publish and call, as a graph. */
public final class RuleDrawing {
    private final Set<String> events = new LinkedHashSet<>();
    private final List<Rule> rules;
    private final List<Edge> edges = new ArrayList<>();

    private record Edge(String from, String to, String label) {}

    public RuleDrawing(RuleSet set) {
        this.rules = set.rules();
        for (Rule rule : rules) {
            rule.on()
                    .ifPresent(on -> starts(on).forEach(event -> {
                        events.add(event);
                        edges.add(new Edge(event, "rule " + rule.name(), ""));
                    }));
            rule.allSteps().forEach(step -> follow(rule, step.verb()));
        }
    }

    private void follow(Rule rule, Verb verb) {
        if (verb instanceof Verb.Emit emit) {
            events.add(emit.type());
            edges.add(new Edge("rule " + rule.name(), emit.type(), "emits"));
        } else if (verb instanceof Verb.Call call) {
            edges.add(new Edge("rule " + rule.name(), "rule " + call.rule(), "calls"));
        }
    }

    private static List<String> starts(Trigger on) {
        if (on.source() instanceof Trigger.OnFile files) {
            return files.patterns();
        } else if (on.source() instanceof Trigger.OnCron cron) {
            return List.of(cron.cron().toString());
        } else if (on.source() instanceof Trigger.OnEvery every) {
            return List.of("every " + io.keepwatch.unit.DurationText.of(every.every()));
        } else if (on.source() instanceof Trigger.OnAbsent absent) {
            return List.of("no " + absent.type());
        }
        return on.types();
    }

    public String mermaid() {
        List<String> names = names();
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < names.size(); i++) {
            boolean rule = names.get(i).startsWith("rule ");
            String label = names.get(i).replaceFirst("^rule ", "").replace("\"", "#quot;");
            text.append("  n%d%s\"%s\"%s%n".formatted(i, rule ? "[" : "([", label, rule ? "]" : "])"));
        }
        for (Edge edge : edges) {
            String label = edge.label().isEmpty() ? "" : "|" + edge.label() + "|";
            text.append("  n%d -->%s n%d%n".formatted(names.indexOf(edge.from()), label, names.indexOf(edge.to())));
        }
        return text.toString();
    }

    public String dot() {
        StringBuilder text = new StringBuilder("digraph rules {\n  rankdir=LR;\n");
        for (String name : names()) {
            boolean rule = name.startsWith("rule ");
            text.append("  %s [label=%s, shape=%s];%n"
                    .formatted(quoted(name), quoted(name.replaceFirst("^rule ", "")), rule ? "box" : "ellipse"));
        }
        for (Edge edge : edges) {
            text.append(
                    "  %s -> %s [label=%s];%n".formatted(quoted(edge.from()), quoted(edge.to()), quoted(edge.label())));
        }
        return text.append("}\n").toString();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(events);
        rules.forEach(rule -> names.add("rule " + rule.name()));
        return names;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
