package io.keepwatch.cli;

import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.workflow.load.EventSchema;
import io.keepwatch.workflow.load.RuleSchema;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of rule files, or of the events of one type. */
@Command(
        name = "schema",
        header = "Print the JSON Schema of rule files, or of one type of events.",
        description = {
            "Prints the JSON Schema by which editors complete and check rule files; with --event, that of the data of one"
                    + " type of events, whose $id is their dataschema."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch rules schema > workflows/rules.schema.json",
            "  keepwatch rules schema --event disk.usage"
        })
final class RulesSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--event", paramLabel = "TYPE", description = "A type of events, such as disk.usage.")
    private Optional<String> event = Optional.empty();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(event.map(this::ofEvent).orElseGet(RuleSchema::text));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private String ofEvent(String name) {
        EventTypes types = EventTypes.known();
        EventType type = types.find(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "there is no event type \"" + name + "\": "
                                + NearestName.of(name, types.names())
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse("docs/rules.md lists them all")));
        return EventSchema.text(type);
    }
}
