package io.keepwatch.config.yaml;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML 1.2 document whose values know where they stand in the file. */
public final class YamlDocument {
    private final Problems problems;
    private final YamlValue root;
    private final Map<String, Position> positions = new HashMap<>();

    private YamlDocument(Node node, Problems problems) {
        this.problems = problems;
        this.root = new YamlValue(node, "", problems);
        collect(node, "");
    }

    /** Empty when the text is no YAML that we accept; the problems say why. A text of comments alone is an empty map. */
    public static Optional<YamlDocument> parse(String text, Problems problems) {
        problems.concern(text);
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(YamlText.MAX_BYTES)
                .build();
        if (!new YamlGuard(settings, problems).accepts(text)) {
            return Optional.empty();
        }
        return compose(text, settings, problems).map(node -> new YamlDocument(node, problems));
    }

    private static Optional<Node> compose(String text, LoadSettings settings, Problems problems) {
        Node empty = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
        try {
            return Optional.of(new Compose(settings)
                    .composeString(text)
                    .filter(YamlDocument::isSomething)
                    .orElse(empty));
        } catch (RuntimeException | StackOverflowError e) {
            problems.error(Position.START, "", "this is not YAML that can be read: " + e, "write the file anew");
            return Optional.empty();
        }
    }

    /** Reads a value that is part of the program, such as a default. */
    static <T> T constant(String text, ValueType<T> type) {
        Problems problems = new Problems(Path.of("default"));
        return parse(text, problems)
                .flatMap(document -> type.read(document.root))
                .filter(value -> !problems.hasErrors())
                .orElseThrow(() -> new IllegalStateException("default " + text + ": " + problems.sorted()));
    }

    public YamlValue root() {
        return root;
    }

    /** Reports an error at an option, or at the nearest thing above it that is in the file. */
    public void error(String keyPath, String problem, String advice) {
        problems.error(position(keyPath), keyPath, problem, advice);
    }

    /** Reports something that does not hinder the use of the file. */
    public void note(String keyPath, String problem, String advice) {
        problems.note(position(keyPath), keyPath, problem, advice);
    }

    private Position position(String keyPath) {
        Position position = positions.get(keyPath);
        if (position != null || keyPath.isEmpty()) {
            return position == null ? Position.START : position;
        }
        int end = Math.max(keyPath.lastIndexOf('.'), keyPath.lastIndexOf('['));
        return position(keyPath.substring(0, Math.max(0, end)));
    }

    private void collect(Node node, String keyPath) {
        positions.put(keyPath, Position.of(node.getStartMark()));
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    collect(tuple.getValueNode(), YamlValue.join(keyPath, key.getValue()));
                }
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                collect(list.getValue().get(i), keyPath + "[" + i + "]");
            }
        }
    }

    private static boolean isSomething(Node node) {
        return !node.getTag().equals(Tag.NULL);
    }
}
