package io.keepwatch.cli;

import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.trial.RuleTests;
import io.keepwatch.workflow.trial.RuleTests.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs the tests that stand beside rules. */
@Command(
        name = "test",
        header = "Run the tests of rules.",
        description =
                "Runs what stands below tests: in rule files. Time is virtual and nothing is really done: steps answer what"
                        + " mock: says. Exit code 1 when a test does not pass.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch rules test", "  keepwatch rules test workflows/ --show"})
final class RulesTestCommand implements Callable<Integer> {
    @ParentCommand
    private RulesCommand rules;

    @Mixin
    private Output output;

    @Option(names = "--show", description = "Also show what each rule did.")
    private boolean show;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files or folders of rules.")
    private List<Path> places = List.of();

    record Result(boolean ok, List<One> tests) {}

    record One(String place, String rule, String name, boolean passed, List<String> problems, List<String> happened) {
        static One of(Verdict verdict) {
            return new One(
                    verdict.test().place().text(),
                    verdict.test().rule(),
                    verdict.test().name(),
                    verdict.passed(),
                    verdict.problems(),
                    verdict.happened());
        }
    }

    @Override
    public Integer call() throws IOException {
        LoadedRules loaded = rules.loadGood(places);
        List<One> tests = loaded.rules().map(set -> new RuleTests(set).all()).orElse(List.of()).stream()
                .map(One::of)
                .toList();
        boolean ok = tests.stream().allMatch(One::passed);
        output.print(new Result(ok, tests), () -> text(tests));
        return ok ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private String text(List<One> tests) {
        StringBuilder text = new StringBuilder();
        for (One test : tests) {
            text.append("%s %s: %s%n".formatted(test.passed() ? "ok  " : "FAIL", test.rule(), test.name()));
            test.problems()
                    .forEach(problem -> text.append("     ").append(problem).append('\n'));
            if (show) {
                test.happened()
                        .forEach(line -> text.append("     ").append(line).append('\n'));
            }
        }
        long failed = tests.stream().filter(test -> !test.passed()).count();
        return text + "\n" + tests.size() + (tests.size() == 1 ? " test, " : " tests, ")
                + (failed == 0 ? "all passed" : failed + " did not pass") + "\n";
    }
}
