package io.keepwatch.cli;

import io.keepwatch.workflow.load.RuleSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of rule files. */
@Command(
        name = "schema",
        header = "Print the JSON Schema of rule files.",
        description = "Prints the JSON Schema by which editors complete and check rule files.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch rules schema > workflows/rules.schema.json"})
final class RulesSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(RuleSchema.text());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
