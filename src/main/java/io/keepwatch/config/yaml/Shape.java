package io.keepwatch.config.yaml;

import java.util.List;

/** What a value looks like, as far as an editor can know. */
public sealed interface Shape {
    /** A value of which nothing is known. */
    enum Anything implements Shape {
        VALUE
    }

    /** A text; the whole of it matches the regular expression. */
    record Text(String pattern) implements Shape {
        public static final Text ANY = new Text("");
    }

    /** A whole number; both ends are allowed. */
    record Whole(long min, long max) implements Shape {}

    /** One of a few words, or the truth values {@code true} and {@code false}. */
    record Words(List<String> words) implements Shape {
        public Words {
            words = List.copyOf(words);
        }
    }

    /** A list. */
    record Items(Shape item) implements Shape {}

    /** A map with any keys. */
    record NamedValues(Shape value) implements Shape {}

    /** A map with known keys. */
    record Fields(Section<?> section) implements Shape {}

    /** A shape that is described once under this name, because it holds itself. */
    record Reference(String name) implements Shape {}

    /** Any one of several. */
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }
    }
}
