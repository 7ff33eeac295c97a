package io.keepwatch.workflow.expr;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.Map;

/** Kinds of values in words. */
final class TypeText {
    private static final Map<String, String> WORDS = Map.of(
            "double", "a number",
            "int", "a whole number",
            "uint", "a whole number",
            "string", "a text",
            "bool", "true or false",
            "dyn", "any value",
            "google.protobuf.Timestamp", "a time",
            "google.protobuf.Duration", "a duration",
            "bytes", "bytes");

    private TypeText() {}

    static String of(CelType type) {
        if (type.kind() == CelKind.LIST) {
            return "a list";
        }
        return of(type.kind() == CelKind.STRUCT ? type.name() : CelKind.MAP == type.kind() ? "map" : type.name());
    }

    /** Of a name as the checker writes it. */
    static String of(String name) {
        if (name.startsWith("list")) {
            return "a list";
        }
        if (name.startsWith("map")
                || name.startsWith("event ")
                || name.startsWith("data of ")
                || name.equals("steps")) {
            return "a map";
        }
        return WORDS.getOrDefault(name, name);
    }
}
