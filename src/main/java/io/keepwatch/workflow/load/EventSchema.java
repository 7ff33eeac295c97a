package io.keepwatch.workflow.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.FieldType;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON Schema of the data of one event type; events name it as their {@code dataschema}. */
public final class EventSchema {
    private EventSchema() {}

    /** Ends with a line break. A field may be absent, and more may be there. */
    public static String text(EventType type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", type.schema());
        schema.put("title", "Data of " + type.name());
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Field field : type.fields()) {
            ObjectNode value = properties.putObject(field.name());
            form(field.type(), value);
            if (!field.doc().isEmpty()) {
                value.put("description", field.doc());
            }
        }
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(schema) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void form(FieldType type, ObjectNode value) {
        switch (type) {
            case TEXT -> value.put("type", "string");
            case WHOLE -> value.put("type", "integer");
            case NUMBER -> value.put("type", "number");
            case TRUTH -> value.put("type", "boolean");
            case TIME -> value.put("type", "string").put("format", "date-time");
            case TEXTS -> value.put("type", "array").putObject("items").put("type", "string");
            case ANY -> {}
        }
    }
}
