package io.keepwatch.cli;

import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.rule.RuleDrawing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Draws which events start which rules, and what these do. */
@Command(
        name = "graph",
        header = "Draw rules.",
        description =
                "Prints which events start which rules and what these publish, as a Mermaid flowchart or for Graphviz.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch rules graph", "  keepwatch rules graph --dot | dot -Tsvg > rules.svg"})
final class RulesGraphCommand implements Callable<Integer> {
    @ParentCommand
    private RulesCommand rules;

    @Spec
    private CommandSpec spec;

    @Option(names = "--dot", description = "Print the language of Graphviz.")
    private boolean dot;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files or folders of rules.")
    private List<Path> places = List.of();

    @Override
    public Integer call() throws IOException {
        LoadedRules loaded = rules.loadGood(places);
        loaded.rules().ifPresent(set -> {
            RuleDrawing drawing = new RuleDrawing(set);
            spec.commandLine().getOut().print(dot ? drawing.dot() : drawing.mermaid());
            spec.commandLine().getOut().flush();
        });
        return ExitCode.OK;
    }
}
