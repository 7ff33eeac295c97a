package io.keepwatch.workflow.state;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.FieldType;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Many rules, and events of which one in a hundred makes one of them run. */
enum SampleRules {
    /** Over 20 types; most ask for one subject or folder first, one in ten asks for a value alone. */
    SPREAD {
        @Override
        String on(int rule) {
            Measured measured = MEASURED.get(rule % MEASURED.size());
            String subject = "s" + rule / MEASURED.size();
            if (measured.field().isEmpty()) {
                return "{file: /srv/%s/**}".formatted(subject);
            }
            String trigger = rule % 2 == 0 ? "state" : "event";
            return rule / MEASURED.size() % 10 == 9
                    ? "{%s: %s, when: event.data.%s > 500.0}".formatted(trigger, measured.type(), measured.field())
                    : "{%s: %s, when: 'event.subject == \"%s\" && event.data.%s > 98.5'}"
                            .formatted(trigger, measured.type(), subject, measured.field());
        }

        @Override
        RuleEvent event(long number, int rules, Instant at) {
            Measured measured = MEASURED.get((int) (number % MEASURED.size()));
            int subjects = Math.max(1, rules / MEASURED.size());
            long index = number / MEASURED.size() % subjects;
            String subject = "s" + index;
            long value = (index + number / ((long) MEASURED.size() * subjects)) % 100;
            return measured.field().isEmpty()
                    ? changed(number, value < 99 ? "/home/" + subject : "/srv/" + subject, at)
                    : measured(number, measured, subject, value, at);
        }
    },
    /** All on one type, each for a subject of its own. */
    ONE_TYPE {
        @Override
        String on(int rule) {
            return "{event: disk.usage, when: 'event.subject == \"s%d\" && event.data.used_percent > 98.5'}"
                    .formatted(rule);
        }

        @Override
        RuleEvent event(long number, int rules, Instant at) {
            long index = number % rules;
            return measured(
                    number,
                    new Measured("disk.usage", "used_percent"),
                    "s" + index,
                    (index + number / rules) % 100,
                    at);
        }
    },
    /** All on one type, and none asks for a subject: every event is judged by all of them. */
    NO_FILTER {
        @Override
        String on(int rule) {
            return "{event: disk.usage, when: event.data.free_bytes == %d}".formatted(rule * 100);
        }

        @Override
        RuleEvent event(long number, int rules, Instant at) {
            long free = number % (rules * 100L);
            return RuleEvent.of(
                    "e" + number,
                    "/bench",
                    "disk.usage",
                    "s" + number % 20,
                    at,
                    Map.of("used_percent", 50.0, "free_bytes", free, "device", "/dev/sda1", "file_system", "ext4"));
        }
    };

    private static final List<Measured> MEASURED = measured();

    /** A type and its first field that is a number; no field for changed files. */
    private record Measured(String type, String field) {}

    abstract String on(int rule);

    /** The event of this number: its subject and its value follow from the number. */
    abstract RuleEvent event(long number, int rules, Instant at);

    String text(int rules) {
        StringBuilder text = new StringBuilder("version: 1\nrules:\n");
        for (int rule = 0; rule < rules; rule++) {
            text.append(String.format(
                    Locale.ROOT,
                    "  r%d: {on: %s, max_runs: 100000/h, steps: [{id: x, run: [echo, \"${event.subject}\"]}]}%n",
                    rule,
                    on(rule)));
        }
        return text.toString();
    }

    static RuleSet load(String text) {
        return new RuleLoader(Known.NOTHING)
                .load(Path.of("rules.yml"), text)
                .rules()
                .orElseThrow(() -> new IllegalStateException("the sample has a mistake"));
    }

    private static RuleEvent measured(long number, Measured measured, String subject, long value, Instant at) {
        return RuleEvent.of(
                "e" + number,
                "/bench",
                measured.type(),
                subject,
                at,
                Map.of(measured.field(), (double) value, "device", "/dev/sda1"));
    }

    private static RuleEvent changed(long number, String folder, Instant at) {
        List<String> paths = List.of(folder + "/a.txt", folder + "/sub/b.txt");
        return RuleEvent.of(
                "e" + number, "/bench", "file.changed", folder, at, Map.of("root", "r", "paths", paths, "count", 2L));
    }

    private static List<Measured> measured() {
        List<Measured> found = new ArrayList<>(List.of(new Measured("file.changed", "")));
        for (EventType type : EventTypes.known().all()) {
            type.fields().stream()
                    .filter(field -> field.type() == FieldType.NUMBER)
                    .map(Field::name)
                    .findFirst()
                    .filter(field -> found.size() < 20)
                    .ifPresent(field -> found.add(new Measured(type.name(), field)));
        }
        return List.copyOf(found);
    }
}
