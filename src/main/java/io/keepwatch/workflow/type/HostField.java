package io.keepwatch.workflow.type;

import io.keepwatch.event.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A field of an event about the host, and where its value comes from: a reading, or a label of any reading of the subject.
 * Where the host lacks what is read, the field is absent.
 *
 * @param source the name of the reading or the label
 * @param isLabel whether it comes from a label
 * @param value from the readings of one subject by their names, and their labels
 */
record HostField(
        Field field,
        String source,
        boolean isLabel,
        BiFunction<Map<String, Reading>, Map<String, String>, Optional<Object>> value) {
    /** A share as a percentage; readings hold ratios. */
    static HostField percent(String name, String reading, String doc) {
        return read(Field.number(name, doc), reading, share -> share * 100);
    }

    static HostField number(String name, String reading, String doc) {
        return read(Field.number(name, doc), reading, value -> value);
    }

    static HostField whole(String name, String reading, String doc) {
        return read(Field.whole(name, doc), reading, Math::round);
    }

    static HostField truth(String name, String reading, String doc) {
        return read(Field.truth(name, doc), reading, value -> value != 0);
    }

    static HostField text(String name, String label, String doc) {
        return new HostField(
                Field.text(name, doc), label, true, (readings, labels) -> Optional.ofNullable(labels.get(label)));
    }

    static HostField wholeText(String name, String label, String doc) {
        return new HostField(
                Field.whole(name, doc),
                label,
                true,
                (readings, labels) -> Optional.ofNullable(labels.get(label))
                        .filter(text -> text.matches("\\d{1,18}"))
                        .map(Long::valueOf));
    }

    private static HostField read(Field field, String reading, java.util.function.Function<Double, Object> convert) {
        return new HostField(
                field,
                reading,
                false,
                (readings, labels) -> Optional.ofNullable(readings.get(reading))
                        .map(Reading::value)
                        .map(convert));
    }
}
