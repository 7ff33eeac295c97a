package io.keepwatch.config.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
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

    /** Reports an error at a place within this text, so many code points after its beginning. */
    public void error(int offset, String problem, String advice) {
        problems.error(ScalarSource.position(problems.text(), node, offset), keyPath, problem, advice);
    }

    /** Reports something that does not hinder the use of the file. */
    public void note(String problem, String advice) {
        problems.note(position(), keyPath, problem, advice);
    }

    public Position position() {
        return Position.of(node.getStartMark());
    }

    /** The text of a scalar that YAML understands as text. */
    public Optional<String> text() {
        return scalar(ScalarType.TEXT);
    }

    /** The text of any scalar, as written. */
    public Optional<String> word() {
        return scalar(ScalarType.ANY);
    }

    /** A number, truth value or text as YAML understands it; empty for maps, lists and nothing. */
    public Optional<Object> constant() {
        return word().map(text -> {
            if (node.getTag().equals(Tag.BOOL)) {
                return Boolean.valueOf(text);
            }
            return node.getTag().equals(Tag.STR) ? text : YamlNumber.of(text);
        });
    }

    /** The values of a map with any keys, in the order of the file; empty when this is no map. Reports doubled keys. */
    public Optional<List<Named<YamlValue>>> entries() {
        if (isNothing()) {
            return Optional.of(List.of());
        }
        if (!(node instanceof MappingNode map)) {
            return Optional.empty();
        }
        Map<String, Named<YamlValue>> found = new LinkedHashMap<>();
        map.getValue().forEach(tuple -> addEntry(tuple, found));
        return Optional.of(List.copyOf(found.values()));
    }

    /** The values of a map, without a word about doubled keys; empty when this is no map. */
    public List<Named<YamlValue>> quietEntries() {
        return new YamlValue(node, keyPath, new Problems(Path.of("unread"))).entriesOf(problems);
    }

    private List<Named<YamlValue>> entriesOf(Problems real) {
        return entries().orElse(List.of()).stream()
                .map(entry -> new Named<>(
                        entry.name(),
                        new YamlValue(entry.key().node, entry.key().keyPath, real),
                        new YamlValue(entry.value().node, entry.value().keyPath, real)))
                .toList();
    }

    /** The same for two values that mean the same, wherever they stand and however they are laid out. */
    public String fingerprint() {
        if (node instanceof ScalarNode scalar) {
            return node.getTag() + " " + scalar.getValue().length() + " " + scalar.getValue();
        }
        if (items().isPresent()) {
            return "[" + items().get().stream().map(YamlValue::fingerprint).collect(Collectors.joining(",")) + "]";
        }
        return "{"
                + quietEntries().stream()
                        .map(entry -> entry.name() + ":" + entry.value().fingerprint())
                        .sorted()
                        .collect(Collectors.joining(","))
                + "}";
    }

    private void addEntry(NodeTuple tuple, Map<String, Named<YamlValue>> found) {
        Position at = Position.of(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.error(at, keyPath, "a key must be a word, but this is a list or a map", "put the value in quotes");
            return;
        }
        String name = key.getValue();
        String path = join(keyPath, name);
        YamlValue value = new YamlValue(tuple.getValueNode(), path, problems);
        if (found.putIfAbsent(name, new Named<>(name, new YamlValue(key, path, problems), value)) != null) {
            problems.error(at, path, "the key \"" + name + "\" stands here a second time", "remove one of them");
        }
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

    /** The items of a list; empty when this is none. */
    public Optional<List<YamlValue>> items() {
        if (!(node instanceof SequenceNode list)) {
            return Optional.empty();
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new YamlValue(item, keyPath + "[" + items.size() + "]", problems));
        }
        return Optional.of(items);
    }

    /** This as a map with these keys; empty when it is no map, which the caller reports. */
    public Optional<YamlMap> map(Section<?> section) {
        if (isNothing()) {
            return Optional.of(new YamlMap(this, List.of(), section, problems));
        }
        return node instanceof MappingNode map
                ? Optional.of(new YamlMap(this, map.getValue(), section, problems))
                : Optional.empty();
    }

    /** What stands here, in words, for a message. */
    public String found() {
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
