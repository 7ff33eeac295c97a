package io.keepwatch.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A map of the file, already checked for keys that are unknown, written twice or missing. Read each key once: a wrong
 * value is reported each time it is read.
 */
public final class YamlMap {
    private final YamlValue self;
    private final Section<?> section;
    private final Problems problems;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Position> keyPositions = new LinkedHashMap<>();

    YamlMap(YamlValue self, List<NodeTuple> tuples, Section<?> section, Problems problems) {
        this.self = self;
        this.section = section;
        this.problems = problems;
        tuples.forEach(this::add);
        section.oneOf().forEach(this::requireOne);
        for (Key<?> key : section.keys()) {
            if (key.presence() == Key.Presence.REQUIRED && !values.containsKey(key.name())) {
                self.error(
                        "the key \"" + key.name() + "\" is missing",
                        "add " + key.name() + ": " + key.type().example());
            }
        }
    }

    /** The value of a key that has a default; the default also stands in for a value that was reported as wrong. */
    public <T> T get(Key<T> key) {
        return find(key).orElseGet(key::defaultValue);
    }

    /** The value of a key, or empty when it is absent or was reported as wrong. */
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable(values.get(key.name())).flatMap(key.type()::read);
    }

    public boolean has(Key<?> key) {
        return values.containsKey(key.name());
    }

    /** Reports an error at the value of a key, or at this map when the key is absent. */
    public void error(Key<?> key, String problem, String advice) {
        values.getOrDefault(key.name(), self).error(problem, advice);
    }

    /** This map as a value, for a problem of the map as a whole. */
    public YamlValue self() {
        return self;
    }

    /** The value of a key as it stands. */
    public Optional<YamlValue> value(Key<?> key) {
        return Optional.ofNullable(values.get(key.name()));
    }

    private void requireOne(Set<String> names) {
        List<String> present = values.keySet().stream().filter(names::contains).toList();
        String all = String.join(", ", names.stream().sorted().toList());
        if (present.isEmpty()) {
            self.error("one of these keys is missing: " + all, "add the one that you mean");
        }
        present.stream()
                .skip(1)
                .forEach(name -> problems.error(
                        keyPositions.getOrDefault(name, Position.START),
                        YamlValue.join(self.keyPath(), name),
                        "\"" + name + "\" and \"" + present.get(0) + "\" cannot stand together",
                        "keep one of them"));
    }

    /** Reports an error at a key itself, or at this map when the key is absent. */
    public void errorAtKey(Key<?> key, String problem, String advice) {
        Position at = keyPositions.get(key.name());
        if (at == null) {
            self.error(problem, advice);
        } else {
            problems.error(at, YamlValue.join(self.keyPath(), key.name()), problem, advice);
        }
    }

    /** The way to this map, for example {@code roots[1]}. */
    public String keyPath() {
        return self.keyPath();
    }

    private void add(NodeTuple tuple) {
        Position at = Position.of(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
            problems.error(
                    at, self.keyPath(), "a key must be a word, but this is a list or a map", "check the brackets");
            return;
        }
        String name = keyNode.getValue();
        String path = YamlValue.join(self.keyPath(), name);
        Optional<RefusedKey> refused = section.refused().stream()
                .filter(key -> key.name().equals(name))
                .findFirst();
        if (refused.isPresent()) {
            problems.error(at, path, refused.get().problem(), refused.get().advice());
        } else if (name.equals("<<")) {
            problems.error(at, path, "merge keys (<<) are not used here", "write the keys themselves");
        } else if (values.containsKey(name)) {
            problems.error(at, path, "the key \"" + name + "\" stands here a second time", "remove one of them");
        } else if (section.keys().stream().noneMatch(key -> key.name().equals(name))) {
            problems.error(at, path, "the key \"" + name + "\" is not known", nearest(name));
        } else {
            keyPositions.put(name, at);
            values.put(name, new YamlValue(tuple.getValueNode(), path, problems));
        }
    }

    private String nearest(String name) {
        List<String> known = section.keys().stream().map(Key::name).toList();
        return NearestName.of(name, known)
                .map(key -> "did you mean \"" + key + "\"?")
                .orElse("known here: " + String.join(", ", known));
    }
}
