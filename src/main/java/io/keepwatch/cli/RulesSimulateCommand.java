package io.keepwatch.cli;

import io.keepwatch.cli.PastEvents.Told;
import io.keepwatch.config.Config;
import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.trial.Comparison;
import io.keepwatch.workflow.trial.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lets rules see what happened, and shows what they would have done. */
@Command(
        name = "simulate",
        header = "Show what rules would have done in the past.",
        description =
                "Gives rules the events, changes of files and readings that are kept, in virtual time, and shows when each would have run and"
                        + " what its steps would have done. Nothing is done: steps are assumed to succeed at once, and"
                        + " at the beginning no rule remembers anything. With --rules it simulates these files, and shows"
                        + " the difference to the rules of the configuration. It ends with what it could not know. Works"
                        + " beside the daemon and without it, and changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch rules simulate",
            "  keepwatch rules simulate --since 30d --json",
            "  keepwatch rules simulate --since 2d --rules new/disk.yml"
        })
final class RulesSimulateCommand implements Callable<Integer> {
    /** The history keeps nothing older. */
    private static final Duration LONGEST = Duration.ofDays(730);

    @ParentCommand
    private RulesCommand rules;

    @Mixin
    private Output output;

    @Option(names = "--since", paramLabel = "DURATION", description = "How far back. Default: 7d.")
    private String since = "7d";

    @Option(names = "--rules", paramLabel = "PATH", description = "A file or a folder of other rules.")
    private Optional<Path> other = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Duration length = length();
        Config config = rules.config();
        Optional<RuleSet> next =
                other.isPresent() ? rules.loadGood(List.of(other.get())).rules() : Optional.empty();
        RuleSet configured = rules.configured();
        RuleSet simulated = next.orElse(configured);
        // The second that is not over counts too.
        Instant to = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Instant from = to.minus(length);

        Simulation main = new Simulation(simulated, from);
        Optional<Simulation> before = next.map(set -> new Simulation(configured, from));
        Told told = new PastEvents(event -> {
                    main.event(event);
                    before.ifPresent(simulation -> simulation.event(event));
                })
                .tell(
                        config,
                        next.stream().anyMatch(RulesSimulateCommand::asksFiles) || asksFiles(configured),
                        from,
                        to);
        main.until(to);
        before.ifPresent(simulation -> simulation.until(to));

        SimulationResult result = new SimulationResult(
                from,
                to,
                told,
                SimulationResult.rules(simulated, main, told.byType()),
                before.map(simulation -> Comparison.of(simulation.runs(), main.runs()).stream()
                        .map(SimulationResult.Difference::of)
                        .toList()),
                SimulationLimits.GENERAL);
        output.print(result, () -> SimulationText.of(result));
        return ExitCode.OK;
    }

    private static boolean asksFiles(RuleSet rules) {
        return rules.rules().stream()
                .flatMap(rule -> rule.on().stream())
                .anyMatch(trigger -> trigger.types().contains("file.changed"));
    }

    private Duration length() {
        try {
            Duration length = DurationText.parse(since);
            if (length.isZero() || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "\"" + since + "\" must be more than 0 and at most 730d, for nothing older is kept");
            }
            return length;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--since: " + e.getMessage());
        }
    }
}
