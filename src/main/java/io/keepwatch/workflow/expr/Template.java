package io.keepwatch.workflow.expr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A value of a rule that may hold expressions. */
public sealed interface Template {
    Object evaluate(Values values) throws ExpressionException;

    /** Every expression in it. */
    Stream<Expression> expressions();

    /** A number, truth value or text without expressions. */
    record Constant(Object value) implements Template {
        @Override
        public Object evaluate(Values values) {
            return value;
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.empty();
        }
    }

    /** {@code ${…}} alone: the value keeps its kind. */
    record Single(Expression expression) implements Template {
        @Override
        public Object evaluate(Values values) throws ExpressionException {
            return expression.evaluate(values);
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.of(expression);
        }
    }

    /** A text with expressions in it. */
    record Text(List<Template> parts) implements Template {
        public Text {
            parts = List.copyOf(parts);
        }

        @Override
        public Object evaluate(Values values) throws ExpressionException {
            StringBuilder text = new StringBuilder();
            for (Template part : parts) {
                text.append(shown(part.evaluate(values)));
            }
            return text.toString();
        }

        @Override
        public Stream<Expression> expressions() {
            return parts.stream().flatMap(Template::expressions);
        }
    }

    /** A list. */
    record Items(List<Template> items) implements Template {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Object evaluate(Values values) throws ExpressionException {
            List<Object> list = new ArrayList<>();
            for (Template item : items) {
                list.add(item.evaluate(values));
            }
            return List.copyOf(list);
        }

        @Override
        public Stream<Expression> expressions() {
            return items.stream().flatMap(Template::expressions);
        }
    }

    /** A map. */
    record Fields(Map<String, Template> fields) implements Template {
        public Fields {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public Map<String, Object> evaluate(Values values) throws ExpressionException {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, Template> field : fields.entrySet()) {
                map.put(field.getKey(), field.getValue().evaluate(values));
            }
            return map;
        }

        @Override
        public Stream<Expression> expressions() {
            return fields.values().stream().flatMap(Template::expressions);
        }
    }

    /** How a value stands in a text: numbers and times as in JSON, lists with commas. */
    static String shown(Object value) {
        if (value instanceof List<?> list) {
            return String.join(", ", list.stream().map(Template::shown).toList());
        }
        if (value instanceof Duration duration) {
            return io.keepwatch.unit.DurationText.of(duration);
        }
        return value instanceof Instant instant
                ? instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString()
                : String.valueOf(value);
    }
}
