package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.rule.Place;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleTest;
import io.keepwatch.workflow.rule.RuleTest.Answer;
import io.keepwatch.workflow.rule.RuleTest.Expected;
import io.keepwatch.workflow.rule.RuleTest.Given;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the tests of rules, and checks that they speak of rules, steps and fields that there are. */
final class TestReader {
    private final EventTypes types;
    private final Map<String, Rule> rules;
    private final Set<String> names;

    /** @param names of all rules, those with mistakes included */
    TestReader(EventTypes types, Map<String, Rule> rules, Set<String> names) {
        this.types = types;
        this.rules = rules;
        this.names = names;
    }

    Optional<RuleTest> read(YamlMap map, Path file) {
        Optional<String> name = map.find(TestKeys.RULE);
        if (name.isPresent() && !names.contains(name.get())) {
            map.error(TestKeys.RULE, "there is no rule \"" + name.get() + "\"", near(name.get(), names));
            return Optional.empty();
        }
        Optional<Rule> rule = name.map(rules::get);
        List<Given> given = new ArrayList<>();
        map.get(TestKeys.GIVEN).forEach(item -> given(item, rule).ifPresent(given::add));
        Map<String, Map<String, Object>> mocks = new LinkedHashMap<>();
        map.get(TestKeys.MOCK).forEach(mock -> mock(mock, rule, mocks));
        List<Expected> expected = new ArrayList<>();
        map.find(TestKeys.EXPECT)
                .orElse(List.of())
                .forEach(item -> expected(item, rule, file).ifPresent(expected::add));
        return rule.flatMap(found -> map.find(TestKeys.NAME)
                .map(title -> new RuleTest(
                        title,
                        place(map, file),
                        found.name(),
                        map.get(TestKeys.START),
                        map.get(TestKeys.UNTIL),
                        given,
                        mocks,
                        expected)));
    }

    private Optional<Given> given(YamlMap map, Optional<Rule> rule) {
        Optional<Answer> answer = map.find(TestKeys.APPROVE)
                .map(step -> new Answer(step, true))
                .or(() -> map.find(TestKeys.REFUSE).map(step -> new Answer(step, false)));
        answer.ifPresent(found -> rule.ifPresent(known -> checkStep(
                map.value(found.approved() ? TestKeys.APPROVE : TestKeys.REFUSE).orElse(map.self()),
                found.step(),
                known)));
        Optional<String> event = map.find(TestKeys.EVENT);
        Optional<EventType> type = event.flatMap(types::find);
        if (event.isPresent() && type.isEmpty()) {
            map.error(
                    TestKeys.EVENT, "there is no event type \"" + event.get() + "\"", near(event.get(), types.names()));
            return Optional.empty();
        }
        Map<String, Object> data = new LinkedHashMap<>();
        map.value(TestKeys.DATA).ifPresent(value -> type.ifPresent(found -> data.putAll(EventData.read(value, found))));
        return map.find(TestKeys.AT)
                .map(at -> new Given(
                        at, event.orElse(""), map.find(TestKeys.SUBJECT).orElse("test"), data, answer));
    }

    private void mock(Named<YamlValue> mock, Optional<Rule> rule, Map<String, Map<String, Object>> mocks) {
        Optional<Step> step = rule.flatMap(found -> step(found, mock.name()));
        rule.filter(found -> step.isEmpty()).ifPresent(found -> checkStep(mock.key(), mock.name(), found));
        List<Named<YamlValue>> entries = mock.value().entries().orElse(List.of());
        if (mock.value().entries().isEmpty()) {
            mock.value().error("this needs a map but holds " + mock.value().found(), "write {exit_code: 0}");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        for (Named<YamlValue> entry : entries) {
            step.ifPresent(found -> checkResult(entry, found.verb()));
            answer.put(entry.name(), EventData.plain(entry.value()));
        }
        mocks.put(mock.name(), answer);
    }

    private void checkResult(Named<YamlValue> entry, Verb verb) {
        List<String> known = StepResults.names(verb.word());
        if (!known.contains(entry.name())) {
            entry.key()
                    .error(
                            "a step that does \"" + verb.word() + "\" answers no \"" + entry.name() + "\"",
                            near(entry.name(), known));
        } else if (entry.name().equals("data") && verb instanceof Verb.Probe probe) {
            types.find(probe.type()).ifPresent(type -> EventData.read(entry.value(), type));
        }
    }

    private Optional<Expected> expected(YamlMap map, Optional<Rule> rule, Path file) {
        boolean never = map.has(TestKeys.NEVER);
        Optional<String> step = map.find(never ? TestKeys.NEVER : TestKeys.STEP);
        step.ifPresent(id -> rule.ifPresent(found ->
                checkStep(map.value(never ? TestKeys.NEVER : TestKeys.STEP).orElse(map.self()), id, found)));
        Map<String, Object> with = new LinkedHashMap<>();
        map.find(TestKeys.WITH)
                .flatMap(YamlValue::entries)
                .orElse(List.of())
                .forEach(entry -> with.put(entry.name(), EventData.plain(entry.value())));
        return step.map(id -> new Expected(place(map, file), map.find(TestKeys.EXPECTED_AT), id, never, with));
    }

    private static void checkStep(YamlValue at, String id, Rule rule) {
        if (step(rule, id).isEmpty()) {
            Set<String> known = new TreeSet<>();
            rule.allSteps().forEach(step -> known.add(step.id()));
            at.error("the rule \"" + rule.name() + "\" has no step \"" + id + "\"", near(id, known));
        }
    }

    private static Optional<Step> step(Rule rule, String id) {
        return rule.allSteps().filter(step -> step.id().equals(id)).findFirst();
    }

    private static Place place(YamlMap map, Path file) {
        return new Place(file, map.self().position());
    }

    private static String near(String written, java.util.Collection<String> known) {
        return NearestName.of(written, known)
                .map(found -> "did you mean \"" + found + "\"?")
                .orElse("known: " + String.join(", ", known.stream().sorted().toList()));
    }
}
