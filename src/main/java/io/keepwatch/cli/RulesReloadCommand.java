package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.http.RulesView;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Has the daemon read its rule files now. */
@Command(
        name = "reload",
        header = "Have the daemon load its rule files anew.",
        description =
                "The daemon does so by itself some seconds after a file changed; this waits for the result. Where a file has a"
                        + " mistake, the rules of before go on, and the exit code is 3.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch rules reload"})
final class RulesReloadCommand implements Callable<Integer> {
    @ParentCommand
    private RulesCommand rules;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        RulesView.Reload result = new DaemonClient(rules.state()).reloadRules();
        output.print(result, () -> text(result));
        return result.accepted() ? ExitCode.OK : ExitCode.CONFIGURATION;
    }

    private static String number(int rules) {
        return rules == 1 ? "1 rule is" : rules + " rules are";
    }

    private static String text(RulesView.Reload result) {
        StringBuilder text = new StringBuilder();
        result.problems()
                .forEach(problem -> text.append(problem.file() + ":" + problem.line() + ":" + problem.column() + ": "
                        + problem.problem() + "\n  " + problem.advice() + "\n"));
        return text
                + (result.accepted()
                        ? number(result.rules()) + " in force\n"
                        : "the files have mistakes: of before, " + number(result.rules()) + " in force\n");
    }
}
