package io.keepwatch.workflow.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The JSON Schema of a rule file, for editors; made from the keys that the loader reads by. */
public final class RuleSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RuleSchema() {}

    /** Ends with a line break. */
    public static String text() {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Rules of Keepwatch");
        fields(RuleKeys.FILE, schema);
        schema.putObject("$defs").set(StepKeys.STEP, fields(StepKeys.SECTION, JSON.objectNode()));
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(schema) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode fields(Section<?> section, ObjectNode node) {
        node.put("type", "object");
        node.put("additionalProperties", false);
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Key<?> key : section.keys()) {
            ObjectNode value = shape(key.type().shape());
            value.put("description", key.doc());
            properties.set(key.name(), value);
            if (key.presence() == Key.Presence.REQUIRED) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        for (Set<String> names : section.oneOf()) {
            ArrayNode one = node.withArray("oneOf");
            names.stream()
                    .sorted()
                    .forEach(name -> one.addObject().putArray("required").add(name));
        }
        return node;
    }

    private static ObjectNode shape(Shape shape) {
        ObjectNode node = JSON.objectNode();
        if (shape instanceof Shape.Text text) {
            node.put("type", "string");
            if (!text.pattern().isEmpty()) {
                node.put("pattern", "^" + text.pattern() + "$");
            }
        } else if (shape instanceof Shape.Whole whole) {
            node.put("type", "integer").put("minimum", whole.min()).put("maximum", whole.max());
        } else if (shape instanceof Shape.Words words) {
            ArrayNode values = node.putArray("enum");
            words.words().forEach(word -> word(values, word));
        } else if (shape instanceof Shape.Items items) {
            node.put("type", "array").set("items", shape(items.item()));
        } else if (shape instanceof Shape.NamedValues named) {
            node.put("type", "object").set("additionalProperties", shape(named.value()));
        } else if (shape instanceof Shape.Fields fields) {
            fields(fields.section(), node);
        } else if (shape instanceof Shape.Either either) {
            ArrayNode any = node.putArray("anyOf");
            either.shapes().forEach(one -> any.add(shape(one)));
        } else if (shape instanceof Shape.Reference reference) {
            node.put("$ref", "#/$defs/" + reference.name());
        }
        return node;
    }

    private static void word(ArrayNode values, String word) {
        if (word.equals("true") || word.equals("false")) {
            values.add(Boolean.parseBoolean(word));
        } else {
            values.add(word);
        }
    }
}
