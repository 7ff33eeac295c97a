package io.keepwatch.config.yaml;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value written as one word or number.
 *
 * @param accepted how YAML itself may understand the word
 * @param parse throws IllegalArgumentException whose message says what is wrong with the word
 */
record ScalarType<T>(String name, String example, Set<Tag> accepted, Shape shape, Function<String, T> parse)
        implements ValueType<T> {
    ScalarType(String name, String example, Set<Tag> accepted, Function<String, T> parse) {
        this(name, example, accepted, accepted.contains(Tag.STR) ? Shape.Text.ANY : Shape.Anything.VALUE, parse);
    }

    static final Set<Tag> TEXT = Set.of(Tag.STR);
    static final Set<Tag> NUMBER = Set.of(Tag.INT, Tag.FLOAT);
    static final Set<Tag> WORD = Set.of(Tag.STR, Tag.INT, Tag.FLOAT);
    static final Set<Tag> ANY = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    @Override
    public Optional<T> read(YamlValue value) {
        if (value.isNothing()) {
            value.error("there is no value", "write " + name + ", for example " + example + ", or remove the line");
            return Optional.empty();
        }
        Optional<String> text = value.scalar(accepted);
        if (text.isEmpty()) {
            value.error("this needs " + name + " but holds " + value.found(), advice(value));
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.get()));
        } catch (IllegalArgumentException e) {
            value.error(String.valueOf(e.getMessage()), "write " + name + ", for example " + example);
            return Optional.empty();
        }
    }

    private String advice(YamlValue value) {
        return value.scalar(ANY)
                .filter(text -> accepted.contains(Tag.STR) && isUnderstood(text))
                .map(text -> "put it in quotes if it is meant as text: \"" + text + "\"")
                .orElse("write " + name + ", for example " + example);
    }

    private boolean isUnderstood(String text) {
        try {
            return parse.apply(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
