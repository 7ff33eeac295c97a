package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.http.RulesView;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.workflow.state.Question;
import io.keepwatch.workflow.state.StateReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Questions that rules ask, and their answers. */
@Command(
        name = "approve",
        header = "Answer a question that a rule asks.",
        description =
                "Without an ID it lists the questions that wait. With one it answers yes, or no with --deny; the run goes on at"
                        + " once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch approve",
            "  keepwatch approve 0197f7c2-6d1e-7000-8000-1f1f1f1f1f1f",
            "  keepwatch approve --deny 0197f7c2-6d1e-7000-8000-1f1f1f1f1f1f"
        })
final class ApproveCommand implements Callable<Integer> {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--deny", description = "The answer is no.")
    private boolean deny;

    @Option(names = "--step", paramLabel = "STEP", description = "Which step, where a run asks several questions.")
    private Optional<String> step = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The run that asks.")
    private Optional<String> run = Optional.empty();

    record Questions(List<Question> questions) {}

    record Answered(String run, String step, boolean approved) {}

    @Override
    public Integer call() throws IOException {
        if (run.isEmpty() && (deny || step.isPresent())) {
            throw new CommandFailure(
                    ExitCode.USAGE, "name the ID of the run that asks; keepwatch approve lists those that do");
        }
        Path state = keepwatch.load().config().state();
        List<Question> questions;
        try (StateReader reader = StateReader.open(state)) {
            questions = reader.questions();
        }
        if (run.isEmpty()) {
            output.print(
                    new Questions(questions), () -> questions.isEmpty() ? "no question waits\n" : table(questions));
            return ExitCode.OK;
        }
        Question question = chosen(questions, run.get());
        new DaemonClient(state).answer(new RulesView.Decision(question.run(), question.path(), !deny));
        output.print(
                new Answered(question.run(), question.path(), !deny),
                () -> (deny ? "denied: " : "approved: ") + DisplayText.of(question.text()) + "\n");
        return ExitCode.OK;
    }

    private Question chosen(List<Question> questions, String id) {
        List<Question> asked = questions.stream()
                .filter(question -> question.run().equals(id))
                .filter(question -> step.isEmpty() || step.get().equals(question.path()))
                .toList();
        if (asked.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "the run \"" + id + "\" waits for no answer; keepwatch approve lists those that do");
        }
        if (asked.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the run asks several questions; name one with --step: "
                            + String.join(
                                    ", ", asked.stream().map(Question::path).toList()));
        }
        return asked.get(0);
    }

    private static String table(List<Question> questions) {
        Table table = new Table("RULE", "QUESTION", "STEP", "UNTIL", "ID");
        for (Question question : questions) {
            table.row(
                    question.rule(),
                    DisplayText.of(question.text()),
                    question.path(),
                    question.until().map(FileText::time).orElse(""),
                    question.run());
        }
        return table.toString();
    }
}
