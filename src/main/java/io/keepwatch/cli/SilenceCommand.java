package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.http.RulesView;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.engine.Silence;
import io.keepwatch.workflow.state.StateReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Nobody is told for a while. */
@Command(
        name = "silence",
        header = "Withhold the notifications of a rule for a time.",
        description =
                "Runs go on and are recorded; only their notify and webhook steps are left out. Without a RULE it lists the"
                        + " silences there are. '*' stands for all rules.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch silence disk-space --for 2h --comment \"new disk tomorrow\"",
            "  keepwatch silence '*' --for 30m",
            "  keepwatch silence",
            "  keepwatch silence --end 3f2a91c0"
        })
final class SilenceCommand implements Callable<Integer> {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--for", paramLabel = "TIME", description = "How long. Default: 1h.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "Only what is about this, such as /var. Default: everything.")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for others.")
    private Optional<String> comment = Optional.empty();

    @Option(names = "--end", paramLabel = "ID", description = "End this silence.")
    private Optional<String> end = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "RULE", description = "The name of a rule, or '*'.")
    private Optional<String> rule = Optional.empty();

    record Silences(List<Silence> silences) {}

    record Ended(String id) {}

    @Override
    public Integer call() throws IOException {
        check();
        Path state = keepwatch.load().config().state();
        if (end.isPresent()) {
            new DaemonClient(state).unsilence(end.get());
            output.print(new Ended(end.get()), () -> "ended\n");
        } else if (rule.isPresent()) {
            RulesView.SilenceOrder order = new RulesView.SilenceOrder(
                    rule.get(), subject.orElse("*"), Instant.now().plus(duration()), comment.orElse(""));
            RulesView.Silence made = new DaemonClient(state).silence(order);
            output.print(made, () -> made.id() + ": silent until " + FileText.time(made.until()) + "\n");
        } else {
            list(state);
        }
        return ExitCode.OK;
    }

    /** Who writes how long, but not of what, would otherwise see a list and take it for a silence. */
    private void check() {
        boolean orders = time.isPresent() || subject.isPresent() || comment.isPresent();
        if (end.isPresent() && (rule.isPresent() || orders)) {
            throw new CommandFailure(ExitCode.USAGE, "--end ends a silence by its id alone; leave out the rest");
        }
        if (end.isEmpty() && rule.isEmpty() && orders) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "name the RULE that is to be silent, or '*' for all: keepwatch silence '*' --for 1h");
        }
    }

    private Duration duration() {
        try {
            return DurationText.parse(time.orElse("1h"));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--for: " + e.getMessage());
        }
    }

    private void list(Path state) {
        List<Silence> silences;
        try (StateReader reader = StateReader.open(state)) {
            silences = reader.silences(Instant.now());
        }
        output.print(new Silences(silences), () -> silences.isEmpty() ? "nothing is silent\n" : table(silences));
    }

    private static String table(List<Silence> silences) {
        Table table = new Table("ID", "RULE", "SUBJECT", "UNTIL", "COMMENT");
        for (Silence silence : silences) {
            table.row(
                    silence.id(),
                    silence.rule(),
                    DisplayText.of(silence.subject()),
                    FileText.time(silence.until()),
                    DisplayText.of(silence.comment()));
        }
        return table.toString();
    }
}
