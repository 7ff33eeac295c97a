package io.keepwatch.config.yaml;

import java.util.Optional;

/** A value that somebody else reads later; here it only must be there. */
record AsWritten(String name, String example, Shape shape) implements ValueType<YamlValue> {
    @Override
    public Optional<YamlValue> read(YamlValue value) {
        if (value.isNothing()) {
            value.error("there is no value", "write " + name + ", for example " + example + ", or remove the line");
            return Optional.empty();
        }
        return Optional.of(value);
    }
}
