package io.keepwatch.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI document as tests ask it: which operations there are, and whether an answer is what it promises. */
public final class ApiDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "post", "delete", "put", "patch");

    /** What a program does next depends on these, so the default does not do. */
    private static final List<Integer> TOLD_APART = List.of(408, 409, 503);

    private final JsonNode document = MAPPER.valueToTree(
            new Load(LoadSettings.builder().setMaxAliasesForCollections(100).build())
                    .loadFromString(OpenApiRoutes.read()));
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** {@code GET /status} and so on, with what the document says of them. */
    public Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.put(
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                method.getValue())));
        return operations;
    }

    /** What is wrong with an answer; empty where it is as promised. */
    public List<String> problems(String operation, int status, String contentType, String body) {
        JsonNode found = operations().get(operation);
        if (found == null) {
            return List.of(operation + " is not in the document");
        }
        JsonNode responses = found.get("responses");
        if (TOLD_APART.contains(status) && !responses.has(String.valueOf(status))) {
            return List.of(operation + " does not say when it answers " + status);
        }
        JsonNode response = resolve(
                responses.has(String.valueOf(status))
                        ? responses.get(String.valueOf(status))
                        : responses.path("default"));
        if (response.isMissingNode() || (status < 400 && !responses.has(String.valueOf(status)))) {
            return List.of(operation + " has no response " + status);
        }
        String media = contentType.split(";", 2)[0];
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of(operation + " promises no body, but there is one");
        }
        if (!content.has(media)) {
            return List.of(operation + " does not promise " + contentType);
        }
        return media.endsWith("json") ? validate(content.get(media).get("schema"), body) : List.of();
    }

    /** What is wrong with the examples of the document itself. */
    public List<String> problemsOfExamples() throws JsonProcessingException {
        List<String> problems = new ArrayList<>();
        for (JsonNode content : document.findValues("content")) {
            for (Map.Entry<String, JsonNode> media : content.properties()) {
                JsonNode example = media.getValue().path("example");
                if (example.isMissingNode()) {
                    problems.add("an example is missing: " + content);
                } else if (media.getKey().endsWith("json")) {
                    problems.addAll(validate(media.getValue().get("schema"), MAPPER.writeValueAsString(example)));
                }
            }
        }
        return problems;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private List<String> validate(JsonNode schema, String body) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return registry.getSchema(whole.toString(), InputFormat.JSON).validate(body, InputFormat.JSON).stream()
                .map(error -> error + " in " + body)
                .toList();
    }
}
