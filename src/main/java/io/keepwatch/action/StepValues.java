package io.keepwatch.action;

import io.keepwatch.unit.ByteSize;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.expr.Template;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values that a step gives to its action. */
final class StepValues {
    private StepValues() {}

    static Optional<String> text(Task task, String name) {
        return Optional.ofNullable(task.with().get(name)).map(Template::shown).filter(text -> !text.isEmpty());
    }

    static Optional<ByteSize> size(Task task, String name) {
        return text(task, name).map(text -> {
            try {
                return ByteSize.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        });
    }

    static boolean isTrue(Task task, String name) {
        return Boolean.TRUE.equals(task.with().get(name));
    }

    /** The paths that a template yields, each once; throws where one is not absolute or there is none. */
    static List<String> paths(Template template, Task task) throws ExpressionException {
        Set<String> paths = new LinkedHashSet<>();
        collect(template.evaluate(task.values()), paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("there is no path: the expression yields an empty list");
        }
        for (String path : paths) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("\"" + path + "\" is not an absolute path");
            }
        }
        return List.copyOf(paths);
    }

    private static void collect(Object value, Set<String> paths) {
        if (value instanceof Collection<?> list) {
            list.forEach(item -> collect(item, paths));
        } else {
            paths.add(Template.shown(value));
        }
    }
}
