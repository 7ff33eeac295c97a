package io.keepwatch.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value and the name that the user gave it.
 *
 * @param key the name as it stands in the file, for a problem of the name itself
 */
public record Named<T>(String name, YamlValue key, T value) {
    record Type<T>(ValueType<T> inner) implements ValueType<List<Named<T>>> {
        @Override
        public String name() {
            return "a map of names, each to " + inner.name();
        }

        @Override
        public String example() {
            return "{a-name: " + inner.example() + "}";
        }

        @Override
        public Optional<List<Named<T>>> read(YamlValue value) {
            Optional<List<Named<YamlValue>>> entries = value.entries();
            if (entries.isEmpty()) {
                value.error("this needs a map but holds " + value.found(), "write " + example());
            }
            return entries.map(this::readEach);
        }

        private List<Named<T>> readEach(List<Named<YamlValue>> entries) {
            List<Named<T>> read = new ArrayList<>();
            entries.forEach(entry -> inner.read(entry.value())
                    .ifPresent(found -> read.add(new Named<>(entry.name(), entry.key(), found))));
            return read;
        }

        @Override
        public Optional<Section<?>> section() {
            return inner.section();
        }

        @Override
        public Shape shape() {
            return new Shape.NamedValues(inner.shape());
        }
    }
}
