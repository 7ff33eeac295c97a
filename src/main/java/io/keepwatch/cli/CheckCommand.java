package io.keepwatch.cli;

import io.keepwatch.config.ConfigException;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.LoadedConfig;
import io.keepwatch.config.S3Config;
import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Says everything that is wrong with the configuration, without touching the store or a root. */
@Command(
        name = "check",
        header = "Show all mistakes in the configuration.",
        description = "Checks the configuration and shows all mistakes at once, each with its place and what to write."
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
    public Integer call() {
        Path file = keepwatch.configFile();
        try {
            LoadedConfig loaded = new ConfigLoader(keepwatch.machine()).load(file);
            output.print(result(file, true, loaded.notes()), () -> loaded.notesText() + good(file, loaded));
            return ExitCode.OK;
        } catch (ConfigException e) {
            output.print(result(file, false, e.problems()), () -> e.getMessage() + bad(file, e.problems()));
            return ExitCode.CONFIGURATION;
        }
    }

    private static Result result(Path file, boolean ok, List<ConfigProblem> problems) {
        return new Result(
                file.toString(), ok, problems.stream().map(Problem::of).toList());
    }

    private static String good(Path file, LoadedConfig loaded) {
        int roots = loaded.config().roots().size();
        String store = loaded.config()
                .store()
                .s3()
                .map(S3Config::bucket)
                .map(bucket -> "bucket " + bucket)
                .orElse("the embedded store");
        return file + " is good: " + count(roots, "root") + ", " + store + "\n";
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
