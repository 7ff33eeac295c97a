package io.keepwatch.workflow.trial;

import io.keepwatch.unit.DurationText;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.rule.Place;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.RuleTest;
import io.keepwatch.workflow.rule.RuleTest.Expected;
import io.keepwatch.workflow.rule.RuleTest.Given;
import io.keepwatch.workflow.trial.Trial.Done;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the tests that stand beside rules. */
public final class RuleTests {
    private final RuleSet rules;

    public RuleTests(RuleSet rules) {
        this.rules = rules;
    }

    /**
     * How a test went.
     *
     * @param misses empty when it passed
     * @param happened what the rule did, for a person
     */
    public record Verdict(RuleTest test, List<Miss> misses, List<String> happened) {
        public Verdict {
            misses = List.copyOf(misses);
            happened = List.copyOf(happened);
        }

        public boolean passed() {
            return misses.isEmpty();
        }

        /** Its misses with their places, for a person. */
        public List<String> problems() {
            return misses.stream()
                    .map(miss -> miss.place().text() + " " + miss.problem())
                    .toList();
        }
    }

    /** Something was expected and did not come, or the other way round. */
    public record Miss(Place place, String problem) {}

    public List<Verdict> all() {
        return rules.tests().stream().map(this::verdict).toList();
    }

    private Verdict verdict(RuleTest test) {
        // Only the rule under test and those it calls: others would answer the same events.
        Trial trial = new Trial(only(test.rule()), test.start(), test.mocks());
        List<Given> given =
                test.given().stream().sorted(Comparator.comparing(Given::at)).toList();
        int number = 0;
        Duration last = Duration.ZERO;
        for (Given what : given) {
            trial.until(what.at());
            last = what.at();
            number++;
            if (what.answer().isPresent()) {
                trial.answer(what.answer().get().step(), what.answer().get().approved());
            } else {
                trial.event(RuleEvent.of(
                        "event-" + number, "/test", what.event(), what.subject(), trial.now(), what.data()));
            }
        }
        trial.until(last.plus(test.until()));
        List<Done> done = trial.done().stream()
                .filter(one -> one.rule().equals(test.rule()))
                .toList();
        return new Verdict(
                test,
                misses(test, done, trial),
                done.stream().map(RuleTests::shown).toList());
    }

    private RuleSet only(String name) {
        List<Rule> kept = rules.rules().stream()
                .map(rule -> rule.in(rule.name().equals(name) || rule.on().isEmpty() ? Rule.Mode.ON : Rule.Mode.OFF))
                .toList();
        return new RuleSet(kept, List.of(), rules.maintenance(), rules.types(), rules.revision());
    }

    private static List<Miss> misses(RuleTest test, List<Done> done, Trial trial) {
        List<Miss> misses = new ArrayList<>();
        List<Done> left = new ArrayList<>(done);
        for (Expected expected : test.expected()) {
            Optional<Done> found =
                    left.stream().filter(one -> matches(expected, one)).findFirst();
            if (expected.never()) {
                found.ifPresent(one -> misses.add(
                        new Miss(expected.place(), "expected never " + expected.step() + ", but at " + shown(one))));
            } else if (found.isPresent()) {
                left.remove(found.get());
            } else {
                misses.add(new Miss(
                        expected.place(), "expected " + shown(expected) + ", but " + instead(expected, done, trial)));
            }
        }
        if (test.expected().isEmpty() && !done.isEmpty()) {
            misses.add(new Miss(test.place(), "expected nothing, but at " + shown(done.get(0))));
        }
        return misses;
    }

    private static boolean matches(Expected expected, Done done) {
        return (done.step().equals(expected.step()) || done.verb().equals(expected.step()))
                && expected.at().filter(at -> !at.equals(done.at())).isEmpty()
                && expected.with().entrySet().stream()
                        .allMatch(
                                value -> same(Optional.ofNullable(done.with().get(value.getKey())), value.getValue()));
    }

    private static boolean same(Optional<Object> found, Object wanted) {
        return found.filter(
                        value -> value.equals(wanted) || Template.shown(value).equals(Template.shown(wanted)))
                .isPresent();
    }

    private static String instead(Expected expected, List<Done> done, Trial trial) {
        List<String> others = done.stream()
                .filter(one -> one.step().equals(expected.step()) || one.verb().equals(expected.step()))
                .map(RuleTests::shown)
                .toList();
        if (!others.isEmpty()) {
            return "it was at " + String.join(" and at ", others);
        }
        String failed = trial.runs().stream()
                .map(Run::problem)
                .filter(problem -> !problem.isEmpty())
                .collect(Collectors.joining("; "));
        return failed.isEmpty() ? "it did not run" : "it did not run: " + failed;
    }

    private static String shown(Expected expected) {
        return expected.at().map(at -> "at " + time(at) + " ").orElse("")
                + expected.step()
                + (expected.with().isEmpty() ? "" : " " + expected.with());
    }

    private static String shown(Done done) {
        Map<String, Object> with = done.with();
        return time(done.at()) + " " + done.step() + (with.isEmpty() ? "" : " " + with);
    }

    private static String time(Duration at) {
        return at.isZero() ? "0s" : DurationText.of(at);
    }
}
