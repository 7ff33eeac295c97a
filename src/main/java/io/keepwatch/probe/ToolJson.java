package io.keepwatch.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The output of a tool that speaks JSON. */
public final class ToolJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ToolJson() {}

    /** Empty where the tool is not installed; throws IOException where it fails or does not print JSON. */
    public static Optional<JsonNode> run(ToolRunner tools, Tool tool, Duration timeOut, String... arguments)
            throws IOException {
        return parse(tool, tools.run(tool, timeOut, arguments), arguments);
    }

    /** As {@link #run}, and empty where the tool lacks the rights too: see {@link ToolRunner#ask}. */
    public static Optional<JsonNode> ask(ToolRunner tools, Tool tool, Duration timeOut, String... arguments)
            throws IOException {
        return parse(tool, tools.ask(tool, timeOut, arguments), arguments);
    }

    private static Optional<JsonNode> parse(Tool tool, Optional<ToolOutput> output, String... arguments)
            throws IOException {
        if (output.isEmpty()) {
            return Optional.empty();
        }
        if (output.get().exitCode() != 0) {
            throw new IOException(tool.program() + " " + String.join(" ", arguments) + " ended with exit code "
                    + output.get().exitCode() + ": " + output.get().firstError());
        }
        return Optional.of(parse(tool, output.get()));
    }

    /** For tools whose exit code is not a matter of success; throws IOException where the text is not JSON, or nothing. */
    public static JsonNode parse(Tool tool, ToolOutput output) throws IOException {
        if (output.out().isBlank()) {
            throw new IOException(tool.program() + " printed nothing and ended with exit code " + output.exitCode()
                    + ": " + output.firstError());
        }
        try {
            return MAPPER.readTree(output.out());
        } catch (JsonProcessingException e) {
            throw new IOException(tool.program() + " should print JSON but says \"" + output.firstError() + "\"", e);
        }
    }
}
