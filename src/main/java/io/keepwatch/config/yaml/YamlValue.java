package io.keepwatch.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value of a document: a scalar, a list or a map, with its place and the way to it. */
public final class YamlValue {
    private final Node node;
    private final String keyPath;
    private final Problems problems;

    YamlValue(Node node, String keyPath, Problems problems) {
        this.node = node;
        this.keyPath = keyPath;
        this.problems = problems;
    }

    static String join(String keyPath, String key) {
        return keyPath.isEmpty() ? key : keyPath + "." + key;
    }

    /** For example {@code roots[1].path}. */
    public String keyPath() {
        return keyPath;
    }

    /** Reports an error at this value. */
    public void error(String problem, String advice) {
        problems.error(Position.of(node.getStartMark()), keyPath, problem, advice);
    }

    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The text of a scalar exactly as written, quotes aside; empty when it is another kind of value. */
    Optional<String> scalar(Set<Tag> accepted) {
        return node instanceof ScalarNode scalar && accepted.contains(node.getTag())
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    Optional<List<YamlValue>> items() {
        if (!(node instanceof SequenceNode list)) {
            return Optional.empty();
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new YamlValue(item, keyPath + "[" + items.size() + "]", problems));
        }
        return Optional.of(items);
    }

    Optional<YamlMap> map(Section<?> section) {
        if (isNothing()) {
            return Optional.of(new YamlMap(this, List.of(), section, problems));
        }
        return node instanceof MappingNode map
                ? Optional.of(new YamlMap(this, map.getValue(), section, problems))
                : Optional.empty();
    }

    /** What stands here, in words, for a message. */
    String found() {
        if (node instanceof MappingNode) {
            return "a map";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String text = ((ScalarNode) node).getValue();
        String shown = "\"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "\"";
        if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
            return "the number " + text;
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return "the truth value " + text;
        }
        return isNothing() ? "nothing" : "the text " + shown;
    }
}
