package io.keepwatch.action.send;

import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.expr.Template;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a step wants to say.
 *
 * @param id the idempotency key of the step
 * @param host the name of this machine
 * @param with the values that the step gives
 */
public record Message(String id, String host, Run run, String step, Map<String, Object> with, Instant at) {
    public Message {
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }

    /** For people. Values that are no {@code text} are shown by their names. */
    String text() {
        return value("text")
                .orElseGet(() -> with.isEmpty()
                        ? run.event().type() + " " + run.event().subject()
                        : String.join(
                                "\n",
                                with.entrySet().stream()
                                        .map(entry -> entry.getKey() + ": " + Template.shown(entry.getValue()))
                                        .toList()));
    }

    Optional<String> title() {
        return value("title");
    }

    Optional<String> link() {
        return value("link");
    }

    /** One of info, warning and critical; warning where the step says none. */
    String severity() {
        return value("severity")
                .filter(word -> word.equals("info") || word.equals("critical"))
                .orElse("warning");
    }

    /** Title, text and link below each other. */
    String inFull() {
        return title().map(title -> title + "\n").orElse("")
                + text()
                + link().map(link -> "\n" + link).orElse("");
    }

    /** One line that says what this is about. */
    String headline() {
        return title().orElseGet(() -> host + ": " + run.rule() + (run.resolve() ? " is over" : ""));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(with.get(name)).map(Template::shown).filter(text -> !text.isBlank());
    }
}
