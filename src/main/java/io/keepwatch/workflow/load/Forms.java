package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Shape;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Kinds of values that rule files share. */
final class Forms {
    static final Duration MILLISECOND = Duration.ofMillis(1);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern STEP_ID = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern EVENT = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_-]*)+");

    private static final Shape TEXT_OR_TRUTH =
            new Shape.Either(List.of(Shape.Text.ANY, new Shape.Words(List.of("true", "false"))));

    private Forms() {}

    /** Of rules, channels and targets. */
    static ValueType<String> name(String example) {
        return Values.text("a name", example, NAME, "1 to 63 of a-z, 0-9, _ and -, beginning with a letter");
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Of steps, which are named in expressions and so have no hyphen. */
    static ValueType<String> stepId() {
        return Values.text("a step id", "check", STEP_ID, "1 to 63 of a-z, 0-9 and _, beginning with a letter");
    }

    static ValueType<String> eventType(String example) {
        return Values.text("an event type", example, EVENT, "words with dots between, such as disk.usage");
    }

    static ValueType<Duration> duration(String example) {
        return Values.duration(example, MILLISECOND);
    }

    static ValueType<YamlValue> expression(String example) {
        return Values.asWritten("an expression", example, TEXT_OR_TRUTH);
    }

    /** A text, number, list or map that may hold expressions. */
    static ValueType<YamlValue> template(String example) {
        return Values.asWritten("a value", example, Shape.Anything.VALUE);
    }

    static ValueType<YamlValue> text(String example) {
        return Values.asWritten("a text", example, Shape.Text.ANY);
    }

    static ValueType<YamlValue> map(String example) {
        return Values.asWritten("a map", example, new Shape.NamedValues(Shape.Anything.VALUE));
    }

    static ValueType<YamlValue> textOrList(String example) {
        return Values.asWritten(
                "a text or a list of texts",
                example,
                new Shape.Either(List.of(Shape.Text.ANY, new Shape.Items(Shape.Text.ANY))));
    }
}
