package io.keepwatch.cli;

import io.keepwatch.unit.DisplayText;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.trial.Explanation;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows every part of a rule's conditions with its value for an event that is kept. */
@Command(
        name = "explain",
        header = "Show why a rule matches an event, or does not.",
        description =
                "Shows every part of the rule's conditions with its value for an event, from the inside out. The event is one"
                        + " that made some rule run within the last 30 days; keepwatch runs ID shows its id. Where it made"
                        + " this rule run, previous is the event before as the run knew it; otherwise it stands for no event."
                        + " Exit code 1 where the event does not match.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch rules explain disk-space 0197f7c2-6d1e-7000-8000-1f1f1f1f1f1f"})
final class RulesExplainCommand implements Callable<Integer> {
    @ParentCommand
    private RulesCommand rules;

    @Mixin
    private Output output;

    @Parameters(index = "0", paramLabel = "RULE", description = "The name of a rule.")
    private String name;

    @Parameters(index = "1", paramLabel = "EVENT", description = "The id of an event.")
    private String event;

    @Override
    public Integer call() throws IOException {
        Rule rule = rules.loadGood(List.of())
                .rules()
                .flatMap(set -> set.rule(name))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND, "there is no rule \"" + name + "\"; see keepwatch rules check"));
        RuleEvent found = rules.event(event);
        Explanation explanation = Explanation.of(rule, found, rules.previous(rule, found));
        output.print(explanation, () -> text(explanation, found));
        return explanation.matches() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private static String text(Explanation explanation, RuleEvent event) {
        StringBuilder text = new StringBuilder();
        text.append((explanation.matches() ? "matches: " : "does not match: ") + explanation.verdict() + "\n");
        text.append(event.type() + " of \"" + DisplayText.of(event.subject()) + "\" at " + FileText.time(event.time())
                + "\n");
        if (!explanation.parts().isEmpty()) {
            Table table = new Table("KEY", "EXPRESSION", "VALUE");
            explanation
                    .parts()
                    .forEach(part ->
                            table.row(part.key(), DisplayText.of(part.expression()), DisplayText.of(part.value())));
            text.append('\n').append(table);
        }
        return text.toString();
    }
}
