package io.keepwatch.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Regenerate with {@code ./mvnw test -Dtest=EventReferenceTest -Dkeepwatch.regenerate=true}. */
class EventReferenceTest {
    private static final Path PAGE = Path.of("docs/rules.md");
    private static final String HEADING = "## Event types\n\n";

    private static String table() {
        String rows = EventTypes.known().all().stream()
                .map(EventReferenceTest::row)
                .sorted()
                .collect(Collectors.joining());
        return "| type | `event.subject` | `event.data` |\n|---|---|---|\n" + rows;
    }

    private static String row(EventType type) {
        String fields = type.fields().stream().map(EventReferenceTest::field).collect(Collectors.joining("; "));
        return "| `%s` | %s | %s |\n".formatted(type.name(), type.subject(), fields);
    }

    private static String field(Field field) {
        String doc = field.doc().isEmpty() ? "" : ", " + field.doc();
        return "`" + field.name() + "` " + field.type().words() + doc;
    }

    @Test
    void the_table_of_event_types_is_what_the_program_knows() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(HEADING) + HEADING.length()) + table();
        if (Boolean.getBoolean("keepwatch.regenerate")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }
}
