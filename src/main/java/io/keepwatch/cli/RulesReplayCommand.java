package io.keepwatch.cli;

import io.keepwatch.daemon.DaemonClient;
import io.keepwatch.http.RulesView;
import io.keepwatch.unit.DisplayText;
import io.keepwatch.workflow.trial.Replay;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** An event that is kept comes a second time. */
@Command(
        name = "replay",
        header = "Give an event to the rules again.",
        description =
                "The daemon takes the event anew, with a new id and everything else as it was, and its rules run for it once"
                        + " more: commands too. The event is one that made some rule run within the last 30 days; keepwatch"
                        + " runs ID shows its id. With --dry-run nothing is done and no daemon is needed: it shows which"
                        + " rules of the configuration would run with which steps, where these are assumed to succeed, and"
                        + " the rules to remember nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch rules replay --dry-run 0197f7c2-6d1e-7000-8000-1f1f1f1f1f1f",
            "  keepwatch rules replay 0197f7c2-6d1e-7000-8000-1f1f1f1f1f1f"
        })
final class RulesReplayCommand implements Callable<Integer> {
    @ParentCommand
    private RulesCommand rules;

    @Mixin
    private Output output;

    @Option(names = "--dry-run", description = "Show what rules would do, and do nothing.")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "EVENT", description = "The id of an event.")
    private String event;

    record DryRun(String event, String type, String subject, Instant time, List<Reaction> rules) {}

    record Reaction(String rule, String mode, String verdict, List<SimulationResult.OneRun> runs) {
        static Reaction of(Replay.Reaction reaction) {
            return new Reaction(
                    reaction.rule().name(),
                    reaction.rule().mode().name().toLowerCase(Locale.ROOT),
                    reaction.verdict(),
                    reaction.runs().stream().map(SimulationResult.OneRun::of).toList());
        }
    }

    @Override
    public Integer call() throws IOException {
        RuleEvent found = rules.event(event);
        if (dryRun) {
            DryRun result = dryRun(found);
            output.print(result, () -> text(result));
        } else {
            RulesView.Replayed replayed = new DaemonClient(rules.state()).replay(event);
            output.print(replayed, () -> text(replayed));
        }
        return ExitCode.OK;
    }

    private DryRun dryRun(RuleEvent found) throws IOException {
        Replay replay = new Replay(rules.configured(), found);
        replay.refusal().ifPresent(why -> {
            throw new CommandFailure(ExitCode.PROBLEM, why);
        });
        return new DryRun(
                found.id(),
                found.type(),
                found.subject(),
                found.time(),
                replay.reactions().stream().map(Reaction::of).toList());
    }

    private static String text(DryRun result) {
        StringBuilder text = new StringBuilder(result.type() + " of \"" + DisplayText.of(result.subject()) + "\" at "
                + FileText.time(result.time()) + "; nothing was done, steps are assumed to succeed\n");
        if (result.rules().isEmpty()) {
            text.append("\nno rule waits for such an event\n");
        }
        for (Reaction rule : result.rules()) {
            text.append("\n" + rule.rule() + (rule.mode().equals("on") ? "" : " (" + rule.mode() + ")") + ": "
                    + (rule.runs().isEmpty() ? "would not run" : "would run") + "; "
                    + DisplayText.of(rule.verdict()) + "\n");
            rule.runs().forEach(run -> text.append(SimulationText.of(run)));
        }
        return text.toString();
    }

    private static String text(RulesView.Replayed replayed) {
        String began = replayed.runs().isEmpty()
                ? "no run began at once; keepwatch runs shows those that come later, after for or debounce\n"
                : "began: " + String.join(", ", replayed.runs()) + "; see keepwatch runs ID\n";
        return "given to the rules again as " + replayed.event() + "\n" + began;
    }
}
