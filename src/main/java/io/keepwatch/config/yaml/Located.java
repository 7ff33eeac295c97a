package io.keepwatch.config.yaml;

import java.util.Optional;

/** A value and the way to it in the file, for example {@code roots[1]}. */
public record Located<T>(String keyPath, T value) {
    record Type<T>(ValueType<T> inner) implements ValueType<Located<T>> {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public String example() {
            return inner.example();
        }

        @Override
        public Optional<Located<T>> read(YamlValue value) {
            return inner.read(value).map(read -> new Located<>(value.keyPath(), read));
        }

        @Override
        public Optional<Section<?>> section() {
            return inner.section();
        }

        @Override
        public Shape shape() {
            return inner.shape();
        }
    }
}
