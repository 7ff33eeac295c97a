package io.keepwatch.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Problems in the format of static analysis tools, SARIF 2.1.0. */
final class Sarif {
    private Sarif() {}

    static String text(List<ConfigProblem> problems) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        run.putObject("tool").putObject("driver").put("name", "keepwatch rules check");
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        problems.forEach(problem -> add(results.addObject(), problem));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(log) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ObjectNode result, ConfigProblem problem) {
        result.put("ruleId", "rules");
        result.put("level", problem.severity() == Severity.ERROR ? "error" : "note");
        String advice = problem.advice().isEmpty() ? "" : "; " + problem.advice();
        result.putObject("message").put("text", problem.problem() + advice);
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", problem.file().toString());
        place.putObject("region")
                .put("startLine", Math.max(1, problem.position().line()))
                .put("startColumn", Math.max(1, problem.position().column()));
    }
}
