package io.keepwatch.config.yaml;

import java.util.List;
import java.util.Optional;

/** One value, or a list of values of the same kind. */
record ValueOrList<T>(ValueType<T> item) implements ValueType<List<T>> {
    @Override
    public String name() {
        return item.name() + ", or a list of them";
    }

    @Override
    public String example() {
        return item.example();
    }

    @Override
    public Optional<List<T>> read(YamlValue value) {
        return value.items().isPresent()
                ? new ListType<>(item, true).read(value)
                : item.read(value).map(List::of);
    }

    @Override
    public Optional<Section<?>> section() {
        return item.section();
    }

    @Override
    public Shape shape() {
        return new Shape.Either(List.of(item.shape(), new Shape.Items(item.shape())));
    }
}
