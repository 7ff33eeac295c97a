package io.keepwatch.workflow.trial;

import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.rule.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a step would do, on one line that a person could type or understand. */
final class ActionText {
    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

    private ActionText() {}

    static String of(Task task) {
        try {
            String what = what(task, task.step().verb());
            String with = fields(task.with());
            return with.isEmpty() ? what : what + " " + with;
        } catch (ExpressionException e) {
            return "(no value: " + e.getMessage() + ")";
        }
    }

    private static String what(Task task, Verb verb) throws ExpressionException {
        if (verb instanceof Verb.Run run) {
            List<String> arguments = new ArrayList<>();
            for (Template template : run.command()) {
                arguments.addAll(words(template.evaluate(task.values())));
            }
            return arguments.stream().map(ActionText::quoted).collect(Collectors.joining(" "));
        } else if (verb instanceof Verb.Webhook webhook) {
            return webhook.target();
        } else if (verb instanceof Verb.Notify notify) {
            return notify.channel();
        } else if (verb instanceof Verb.Backup backup) {
            return String.join(" ", words(backup.paths().evaluate(task.values())));
        } else if (verb instanceof Verb.Restore restore) {
            return String.join(" ", words(restore.paths().evaluate(task.values())));
        } else if (verb instanceof Verb.Probe probe) {
            return probe.type();
        } else if (verb instanceof Verb.Emit emit) {
            String data = fields(emit.data().evaluate(task.values()));
            return data.isEmpty() ? emit.type() : emit.type() + " " + data;
        }
        return "";
    }

    /** A list stands for as many words, as it does for arguments of a program. */
    private static List<String> words(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(Template::shown).toList()
                : List.of(Template.shown(value));
    }

    private static String fields(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + quoted(Template.shown(field.getValue())))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
