package io.keepwatch.config.yaml;

import java.util.Optional;

/** One kind of value: how to read it, what to call it, and an example of it. */
public interface ValueType<T> {
    /** With its article, for messages and reference pages: {@code a duration}. */
    String name();

    /** What a person could write. */
    String example();

    /** Reports what is wrong and then returns empty; never throws because of what the file says. */
    Optional<T> read(YamlValue value);

    /** The keys below this value, when it is a map or a list of maps. */
    default Optional<Section<?>> section() {
        return Optional.empty();
    }

    /** What a value looks like, for the JSON Schema that editors use. */
    default Shape shape() {
        return Shape.Anything.VALUE;
    }
}
