package io.keepwatch.cli;

import io.keepwatch.workflow.load.LoadedRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says everything that is wrong with rules. */
@Command(
        name = "check",
        header = "Show all mistakes in rules.",
        description =
                "Reads rule files, checks every expression against the event types, and shows all mistakes at once, each"
                        + " with its place and what to write. Exit code 3 when there are any.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch rules check",
            "  keepwatch rules check workflows/ --json",
            "  keepwatch rules check workflows/ --sarif > rules.sarif"
        })
final class RulesCheckCommand implements Callable<Integer> {
    @ParentCommand
    private RulesCommand rules;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Option(names = "--sarif", description = "Print SARIF 2.1.0, which code hosts show beside the lines.")
    private boolean sarif;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files or folders of rules.")
    private List<Path> places = List.of();

    record Result(boolean ok, int files, int rules, int tests, List<CheckCommand.Problem> problems) {}

    @Override
    public Integer call() throws IOException {
        LoadedRules loaded = rules.load(places);
        boolean ok = loaded.rules().isPresent();
        if (sarif) {
            spec.commandLine().getOut().print(Sarif.text(loaded.problems()));
            spec.commandLine().getOut().flush();
        } else {
            output.print(result(loaded), () -> loaded.report() + summary(loaded));
        }
        return ok ? ExitCode.OK : ExitCode.CONFIGURATION;
    }

    private static Result result(LoadedRules loaded) {
        return new Result(
                loaded.rules().isPresent(),
                loaded.files(),
                loaded.rules().map(set -> set.rules().size()).orElse(0),
                loaded.rules().map(set -> set.tests().size()).orElse(0),
                loaded.problems().stream().map(CheckCommand.Problem::of).toList());
    }

    private static String summary(LoadedRules loaded) {
        return loaded.rules()
                .map(set -> "good: " + count(set.rules().size(), "rule") + " and "
                        + count(set.tests().size(), "test") + " in " + count(loaded.files(), "file") + "\n")
                .orElseGet(() -> "\n" + count(loaded.errors().size(), "mistake") + " in "
                        + count(loaded.files(), "file") + "\n");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
