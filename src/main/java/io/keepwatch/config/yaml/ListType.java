package io.keepwatch.config.yaml;

import java.util.List;
import java.util.Optional;

/** Values of one kind. Reads all it can and reports every item that it cannot. */
record ListType<T>(ValueType<T> item, boolean mayBeEmpty) implements ValueType<List<T>> {
    @Override
    public String name() {
        return "a list, each item " + item.name();
    }

    @Override
    public String example() {
        return "[" + item.example() + "]";
    }

    @Override
    public Optional<List<T>> read(YamlValue value) {
        Optional<List<YamlValue>> items = value.items();
        if (items.isEmpty()) {
            value.error("this needs a list but holds " + value.found(), "write " + example());
        } else if (items.get().isEmpty() && !mayBeEmpty) {
            value.error("this list is empty", "write one at least, for example " + example());
        }
        return items.map(
                list -> list.stream().map(item::read).flatMap(Optional::stream).toList());
    }

    @Override
    public Optional<Section<?>> section() {
        return item.section();
    }

    @Override
    public Shape shape() {
        return new Shape.Items(item.shape());
    }
}
