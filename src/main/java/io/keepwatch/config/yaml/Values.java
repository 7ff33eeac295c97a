package io.keepwatch.config.yaml;

import io.keepwatch.file.RawPath;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.unit.DurationText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that a file can hold. */
public final class Values {
    private Values() {}

    public static ValueType<String> text(String example) {
        return new ScalarType<>("a text", example, ScalarType.TEXT, Values::notBlank);
    }

    /** A text of one form; the rule completes "must be". */
    public static ValueType<String> text(String name, String example, Pattern form, String rule) {
        return parsed(name, example, text -> {
            if (!form.matcher(text).matches()) {
                throw new IllegalArgumentException("\"" + text + "\" is not " + name + ": it must be " + rule);
            }
            return text;
        });
    }

    /** A text that a function understands or refuses with an IllegalArgumentException that says why. */
    public static <T> ValueType<T> parsed(String name, String example, Function<String, T> parse) {
        return new ScalarType<>(name, example, ScalarType.TEXT, text -> parse.apply(notBlank(text)));
    }

    /** A size of at least this. */
    public static ValueType<ByteSize> size(String example, ByteSize min) {
        return new ScalarType<>("a size", example, ScalarType.WORD, text -> atLeast(min, ByteSize.parse(text), text));
    }

    /** A duration of at least this. */
    public static ValueType<Duration> duration(String example, Duration min) {
        return new ScalarType<>(
                "a duration",
                example,
                ScalarType.WORD,
                new Shape.Text("([0-9]+(ms|s|m|h|d|w))+"),
                text -> atLeast(min, DurationText.parse(text), text));
    }

    public static ValueType<Boolean> bool() {
        return choice(text -> text.equals("true"), List.of("true", "false"));
    }

    /** A whole number; both ends are allowed. */
    public static ValueType<Integer> integer(int min, int max) {
        String name = "a whole number from " + min + " to " + max;
        return new ScalarType<>(name, String.valueOf(min), ScalarType.NUMBER, new Shape.Whole(min, max), text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(text + " is not " + name, e);
            }
            throw new IllegalArgumentException(text + " is not " + name);
        });
    }

    /** A number from 0 on. */
    public static ValueType<BigDecimal> amount() {
        return new ScalarType<>("an amount", "0.005", ScalarType.NUMBER, text -> {
            BigDecimal amount = decimal(text);
            if (amount.signum() < 0) {
                throw new IllegalArgumentException(text + " is less than 0");
            }
            return amount;
        });
    }

    /** The constants of an enum, written in lower case. */
    public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        return choice(
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)),
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** One of a few words; the function is called with these words alone. */
    public static <T> ValueType<T> choice(Function<String, T> meaning, List<String> words) {
        String all = words.size() == 1
                ? words.get(0)
                : words.stream().limit(words.size() - 1L).collect(Collectors.joining(", ")) + " or "
                        + words.get(words.size() - 1);
        return new ScalarType<>(all, words.get(0), ScalarType.ANY, new Shape.Words(words), text -> {
            if (!words.contains(text)) {
                String nearest = NearestName.of(text, words)
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("");
                throw new IllegalArgumentException("\"" + text + "\" is not one of " + all + nearest);
            }
            return meaning.apply(text);
        });
    }

    /** The absolute path of a file or folder on this machine, exact under every locale. */
    public static ValueType<Path> path(String example) {
        return parsed("an absolute path", example, text -> {
            if (!text.startsWith("/")) {
                throw new IllegalArgumentException("\"" + text + "\" is not an absolute path");
            }
            String inside = text.substring(1);
            boolean slash = inside.endsWith("/");
            return RawPath.of(slash ? inside.substring(0, inside.length() - 1) : inside)
                    .under(Path.of("/"));
        });
    }

    public static <T> ValueType<List<T>> listOf(ValueType<T> item) {
        return new ListType<>(item, true);
    }

    /** The same, with one item at least. */
    public static <T> ValueType<List<T>> oneOrMore(ValueType<T> item) {
        return new ListType<>(item, false);
    }

    /** A value that remembers where it was read, for checks that compare several. */
    public static <T> ValueType<Located<T>> located(ValueType<T> type) {
        return new Located.Type<>(type);
    }

    /** One value, or a list of them. */
    public static <T> ValueType<List<T>> valueOrList(ValueType<T> item) {
        return new ValueOrList<>(item);
    }

    /** A map whose keys the user chooses; in the order of the file. */
    public static <T> ValueType<List<Named<T>>> named(ValueType<T> value) {
        return new Named.Type<>(value);
    }

    /** The value as it stands, for a reader that looks at it later. */
    public static ValueType<YamlValue> asWritten(String name, String example, Shape shape) {
        return new AsWritten(name, example, shape);
    }

    private static <T extends Comparable<T>> T atLeast(T min, T value, String text) {
        if (value.compareTo(min) < 0) {
            String least = min instanceof Duration duration ? DurationText.of(duration) : min.toString();
            throw new IllegalArgumentException(text + " is less than " + least + ", the least that is allowed");
        }
        return value;
    }

    private static BigDecimal decimal(String text) {
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.precision() <= 18 && Math.abs(amount.scale()) <= 18) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not an amount", e);
        }
        throw new IllegalArgumentException(text + " has more digits than an amount can have");
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the text is empty");
        }
        return text;
    }
}
