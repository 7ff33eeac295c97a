package io.keepwatch.cli;

import io.keepwatch.cli.PastEvents.Span;
import io.keepwatch.cli.SimulationResult.Difference;
import io.keepwatch.cli.SimulationResult.Fired;
import io.keepwatch.cli.SimulationResult.OneRule;
import io.keepwatch.cli.SimulationResult.OneRun;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.workflow.trial.SimulatedRun.Step;
import java.util.List;

/** A simulation for people. */
final class SimulationText {
    /** Of each rule; {@code --json} has all. */
    private static final int MOST_RUNS = 20;

    private final StringBuilder text = new StringBuilder();

    private SimulationText() {}

    static String of(SimulationResult result) {
        SimulationText page = new SimulationText();
        page.head(result);
        result.rules().forEach(page::rule);
        result.difference().ifPresent(page::differences);
        page.line("\nWhat this could not know:");
        result.limits().forEach(limit -> page.line("- " + limit));
        return page.text.toString();
    }

    /** One run with its steps. */
    static String of(OneRun run) {
        SimulationText lines = new SimulationText();
        lines.run(run);
        return lines.text.toString();
    }

    private void head(SimulationResult result) {
        int runs = result.rules().stream().mapToInt(rule -> rule.runs().size()).sum();
        line(FileText.time(result.from()) + " to " + FileText.time(result.to()) + ": "
                + count(result.rules().size(), "rule") + " would have run " + count(runs, "time")
                + "; nothing was done, steps are assumed to succeed");
        line("events    " + span(result.sources().events()) + " that made some rule run");
        line("files     " + span(result.sources().files()) + " of changed files beside these");
        line("readings  " + span(result.sources().readings())
                + result.sources()
                        .rawSince()
                        .map(since -> since.isAfter(result.from())
                                ? "; before " + FileText.time(since) + " means of a minute or more"
                                : "; as they were read")
                        .orElse(""));
    }

    private static String span(Span span) {
        return count(span.count(), "event")
                + span.first()
                        .flatMap(first ->
                                span.last().map(last -> " from " + FileText.time(first) + " to " + FileText.time(last)))
                        .orElse("");
    }

    private void rule(OneRule rule) {
        List<OneRun> runs = rule.runs();
        line("\n" + rule.rule() + (rule.mode().equals("on") ? "" : " (" + rule.mode() + ")") + ": "
                + (runs.isEmpty() ? "would not have run" : count(runs.size(), "run")));
        rule.notes().forEach(note -> line("  note: " + DisplayText.of(note)));
        runs.stream().limit(MOST_RUNS).forEach(this::run);
        if (runs.size() > MOST_RUNS) {
            line("  and " + (runs.size() - MOST_RUNS) + " more until "
                    + FileText.time(runs.get(runs.size() - 1).at()) + "; --json shows all");
        }
    }

    private void run(OneRun run) {
        line("  " + FileText.time(run.at()) + "  " + run.eventType() + " of \"" + DisplayText.of(run.eventSubject())
                + "\"" + (run.resolve() ? ", over" : "") + ": " + run.status()
                + (run.problem().isEmpty() ? "" : ", " + DisplayText.of(run.problem())));
        for (Step step : run.steps()) {
            if (!step.status().equals("skipped")) {
                line("    " + step.path() + (step.path().equals(step.verb()) ? "" : ": " + step.verb())
                        + (step.action().isEmpty() ? "" : " " + DisplayText.of(step.action()))
                        + (step.status().equals("succeeded") ? "" : " (" + step.status() + ")"));
            }
        }
    }

    private void differences(List<Difference> differences) {
        line("\nDifference to the rules of the configuration:");
        if (differences.stream().allMatch(Difference::isNone)) {
            line("  none: the same runs with the same steps");
        }
        differences.stream().filter(difference -> !difference.isNone()).forEach(this::difference);
    }

    private void difference(Difference difference) {
        line("  " + difference.rule() + ": " + difference.both() + " in both, "
                + difference.onlyNew().size() + " only in new, "
                + difference.onlyOld().size() + " only in old");
        fired("only in new ", difference.onlyNew());
        fired("only in old ", difference.onlyOld());
        fired("other steps ", difference.otherSteps());
    }

    private void fired(String how, List<Fired> all) {
        all.stream()
                .limit(MOST_RUNS)
                .forEach(fired -> line("    " + how + " " + FileText.time(fired.at()) + "  "
                        + DisplayText.of(fired.key()) + (fired.resolve() ? " (over)" : "")));
        if (all.size() > MOST_RUNS) {
            line("    " + how + " and " + (all.size() - MOST_RUNS) + " more; --json shows all");
        }
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
