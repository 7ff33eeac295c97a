package io.keepwatch.cli;

import io.keepwatch.unit.DisplayText;
import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.state.RunQuestion;
import io.keepwatch.workflow.state.RunSummary;
import io.keepwatch.workflow.state.StateReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What rules did: the newest runs, or one with its steps. */
@Command(
        name = "runs",
        header = "Show what rules did.",
        description =
                "Shows the newest runs of rules, or one run: its event and what caused it, its steps with their results, and"
                        + " until when they wait. Runs are kept for 30 days. Works beside the daemon and without it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch runs",
            "  keepwatch runs --rule disk-space --status failed",
            "  keepwatch runs 0197f7c2-6d1e-7000-8000-1f1f1f1f1f1f"
        })
final class RunsCommand implements Callable<Integer> {
    /** As they are written on the command line. */
    enum Status {
        queued,
        running,
        succeeded,
        failed,
        uncertain,
        cancelled,
        shadow
    }

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--rule", paramLabel = "RULE", description = "Runs of this rule only.")
    private Optional<String> rule = Optional.empty();

    @Option(names = "--status", paramLabel = "STATUS", description = "One of ${COMPLETION-CANDIDATES}.")
    private Optional<Status> status = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Show this run with its steps.")
    private Optional<String> id = Optional.empty();

    record Runs(List<RunSummary> runs) {}

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--limit: " + limit + " runs cannot be shown; write 1 or more");
        }
        if (id.isPresent() && (rule.isPresent() || status.isPresent())) {
            throw new CommandFailure(ExitCode.USAGE, "an ID names one run; leave out --rule and --status");
        }
        try (StateReader state = StateReader.open(keepwatch.load().config().state())) {
            return id.isPresent() ? one(state, id.get()) : list(state);
        }
    }

    private int list(StateReader state) {
        Optional<String> wanted = status.map(word -> word.name().toUpperCase(Locale.ROOT));
        List<RunSummary> runs =
                state.runs(new RunQuestion(rule, wanted, Optional.empty(), Optional.empty(), Optional.empty(), limit));
        output.print(new Runs(runs), () -> runs.isEmpty() ? "no runs\n" : table(runs));
        return ExitCode.OK;
    }

    private int one(StateReader state, String wanted) {
        Run run = state.run(wanted)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND, "no run \"" + wanted + "\" is kept; keepwatch runs lists the newest"));
        Optional<Instant> ended = state.summary(wanted).flatMap(RunSummary::ended);
        output.print(run, () -> text(run, ended));
        return ExitCode.OK;
    }

    private static String table(List<RunSummary> runs) {
        Table table = new Table("CREATED", "RULE", "KEY", "EVENT", "STATUS", "TOOK", "ID");
        for (RunSummary run : runs) {
            table.row(
                    FileText.time(run.created()),
                    run.rule(),
                    DisplayText.of(run.key()),
                    run.eventType(),
                    word(run.status()),
                    run.ended()
                            .map(end -> DurationText.of(Duration.between(run.created(), end)))
                            .orElse(""),
                    run.id());
        }
        return table.toString();
    }

    private static String text(Run run, Optional<Instant> ended) {
        StringBuilder text = new StringBuilder();
        text.append("run      " + run.id() + "\n");
        text.append("rule     " + run.rule() + "\n");
        if (!run.key().isEmpty()) {
            text.append("key      " + DisplayText.of(run.key()) + "\n");
        }
        text.append("status   " + word(run.status()) + "\n");
        if (!run.problem().isEmpty()) {
            text.append("problem  " + DisplayText.of(run.problem()) + "\n");
        }
        text.append("created  " + FileText.time(run.created()) + "\n");
        ended.ifPresent(end -> text.append("ended    " + FileText.time(end) + ", after "
                + DurationText.of(Duration.between(run.created(), end)) + "\n"));
        text.append("event    " + run.event().type() + " of \""
                + DisplayText.of(run.event().subject()) + "\", "
                + DisplayText.of(run.event().id())
                + (run.resolve() ? "; the state is over" : "") + "\n");
        if (!run.event().causation().isEmpty()) {
            text.append("cause    " + DisplayText.of(run.event().causation()) + "\n");
        }
        for (Map.Entry<String, StepState> step : run.steps().entrySet()) {
            StepState state = step.getValue();
            text.append("\n" + step.getKey() + ": " + state.status().word()
                    + state.until()
                            .filter(until -> !state.status().isEnd())
                            .map(until -> " until " + FileText.time(until))
                            .orElse("")
                    + "\n");
            state.result().forEach((name, value) -> {
                boolean told = name.equals("status") || Template.shown(value).isEmpty();
                if (!told) {
                    text.append("  " + name + ": " + indented(Template.shown(value)) + "\n");
                }
            });
        }
        return text.toString();
    }

    /** What a command said may be anything. */
    private static String indented(String value) {
        return String.join("\n    ", value.lines().map(DisplayText::of).toList());
    }

    private static String word(Run.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
