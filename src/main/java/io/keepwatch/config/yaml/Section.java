package io.keepwatch.config.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A map with known keys and what becomes of it. Any other key is an error.
 *
 * @param refused keys that people try and that deserve a better answer than "unknown"
 * @param oneOf sets of keys of which exactly one must be there
 * @param reader builds the value; returns empty when a required key has none (that is reported already)
 */
public record Section<T>(
        List<Key<?>> keys, List<RefusedKey> refused, List<Set<String>> oneOf, Function<YamlMap, Optional<T>> reader)
        implements ValueType<T> {
    public Section {
        keys = List.copyOf(keys);
        refused = List.copyOf(refused);
        oneOf = List.copyOf(oneOf);
    }

    public Section(List<Key<?>> keys, List<RefusedKey> refused, Function<YamlMap, Optional<T>> reader) {
        this(keys, refused, List.of(), reader);
    }

    public static <T> Section<T> of(List<Key<?>> keys, Function<YamlMap, Optional<T>> reader) {
        return new Section<>(keys, List.of(), reader);
    }

    @Override
    public String name() {
        return "a map";
    }

    @Override
    public String example() {
        Key<?> first = keys.get(0);
        return "{" + first.name() + ": " + first.type().example() + "}";
    }

    @Override
    public Optional<T> read(YamlValue value) {
        Optional<YamlMap> map = value.map(this);
        if (map.isEmpty()) {
            value.error("this needs a map but holds " + value.found(), "write " + example());
        }
        return map.flatMap(reader);
    }

    /** This section, or one word in its place. */
    public ValueType<T> orWord(String word, T meaning) {
        return new SectionOrWord<>(this, word, meaning);
    }

    @Override
    public Optional<Section<?>> section() {
        return Optional.of(this);
    }

    @Override
    public Shape shape() {
        return new Shape.Fields(this);
    }
}
