package io.keepwatch.config.yaml;

import java.util.List;
import java.util.Optional;

/** A map, or one word that stands for a fixed value. */
record SectionOrWord<T>(Section<T> map, String word, T meaning) implements ValueType<T> {
    @Override
    public String name() {
        return map.name() + " or " + word;
    }

    @Override
    public String example() {
        return map.example();
    }

    @Override
    public Optional<T> read(YamlValue value) {
        if (value.scalar(ScalarType.ANY).filter(word::equals).isPresent()) {
            return Optional.of(meaning);
        }
        if (value.scalar(ScalarType.ANY).isPresent()) {
            value.error(
                    "this needs a map or " + word + " but holds " + value.found(),
                    "write " + example() + " or " + word);
            return Optional.empty();
        }
        return map.read(value);
    }

    @Override
    public Optional<Section<?>> section() {
        return map.section();
    }

    @Override
    public Shape shape() {
        return new Shape.Either(List.of(map.shape(), new Shape.Words(List.of(word))));
    }
}
