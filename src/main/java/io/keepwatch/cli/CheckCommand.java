package io.keepwatch.cli;

import io.keepwatch.action.KnownNames;
import io.keepwatch.config.ConfigException;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.LoadedConfig;
import io.keepwatch.config.RulesConfig;
import io.keepwatch.config.S3Config;
import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Severity;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Says everything that is wrong with the configuration and the rules beside it, without touching the store or a root. */
@Command(
        name = "check",
        header = "Show all mistakes in the configuration.",
        description =
                "Checks the configuration and the rules of its folder, and shows all mistakes at once, each with its"
                        + " place and what to write. Files of secrets are not read."
                        + " Exit code 3 when there are any.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch check",
            "  keepwatch check --config ./keepwatch.yml",
            "  keepwatch check --json | jq -r '.problems[].problem'"
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    /** Lines and columns count from 1; 0 is the file as a whole. */
    record Result(String file, boolean ok, List<Problem> problems) {}

    record Problem(String severity, String place, int line, int column, String key, String problem, String advice) {
        static Problem of(ConfigProblem problem) {
            return new Problem(
                    problem.severity().name().toLowerCase(Locale.ROOT),
                    problem.place(),
                    problem.position().line(),
                    problem.position().column(),
                    problem.keyPath(),
                    problem.problem(),
                    problem.advice());
        }
    }

    @Override
    public Integer call() throws IOException {
        Path file = keepwatch.configFile();
        try {
            LoadedConfig loaded = new ConfigLoader(keepwatch.machine()).load(file);
            LoadedRules rules = rulesOf(loaded.config().rules());
            boolean ok = rules.rules().isPresent();
            List<ConfigProblem> problems = Stream.concat(loaded.notes().stream(), rules.problems().stream())
                    .toList();
            output.print(
                    result(file, ok, problems),
                    () -> loaded.notesText()
                            + rules.report()
                            + (ok ? good(file, loaded, rules) : badRules(file, rules)));
            return ok ? ExitCode.OK : ExitCode.CONFIGURATION;
        } catch (ConfigException e) {
            output.print(result(file, false, e.problems()), () -> e.getMessage() + bad(file, e.problems()));
            return ExitCode.CONFIGURATION;
        }
    }

    private static LoadedRules rulesOf(RulesConfig config) throws IOException {
        Path folder = config.folder();
        return new RuleLoader(KnownNames.of(config))
                .load(Files.isDirectory(folder) ? RuleLoader.files(folder) : List.of());
    }

    private static Result result(Path file, boolean ok, List<ConfigProblem> problems) {
        return new Result(
                file.toString(), ok, problems.stream().map(Problem::of).toList());
    }

    private static String good(Path file, LoadedConfig loaded, LoadedRules rules) {
        int roots = loaded.config().roots().size();
        String store = loaded.config()
                .store()
                .s3()
                .map(S3Config::bucket)
                .map(bucket -> "bucket " + bucket)
                .orElse("the embedded store");
        return file + " is good: " + count(roots, "root") + ", " + store + shown(rules) + "\n";
    }

    private static String shown(LoadedRules rules) {
        int number = rules.rules().map(set -> set.rules().size()).orElse(0);
        return rules.files() == 0 ? "" : ", " + count(number, "rule");
    }

    private static String badRules(Path file, LoadedRules rules) {
        return "\nthe rules of " + file + " have " + count(rules.errors().size(), "mistake") + "\n";
    }

    private static String bad(Path file, List<ConfigProblem> problems) {
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        return "\n" + file + " has " + count(errors, "mistake") + "\n";
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
