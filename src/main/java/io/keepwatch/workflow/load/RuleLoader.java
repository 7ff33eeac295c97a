package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.Position;
import io.keepwatch.config.yaml.ProblemReport;
import io.keepwatch.config.yaml.Problems;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.workflow.expr.Expressions;
import io.keepwatch.workflow.rule.Cron;
import io.keepwatch.workflow.rule.Maintenance;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.RuleTest;
import io.keepwatch.workflow.rule.RuleText;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads rule files together: all of them are good, or none is used. */
public final class RuleLoader {
    private final Known known;

    public RuleLoader(Known known) {
        this.known = known;
    }

    /** Makes ready what the first load takes most of its time for; for a thread that has nothing else to do. */
    public static void prepare() {
        new RuleLoader(Known.NOTHING).load(Path.of("rules.yml"), """
                version: 1
                rules:
                  r: {on: {event: disk.usage, when: event.data.used_percent > 90}, steps: [{run: [echo, "${event.subject}"]}]}
                """);
    }

    /** The rule files of a folder, or the one file; hidden files are left out. */
    public static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }

    public LoadedRules load(List<Path> paths) {
        return check(paths.stream().map(RuleFile::read).toList());
    }

    /** Reads one text as if it stood in this file. */
    public LoadedRules load(Path path, String text) {
        return check(List.of(RuleFile.parse(path, text, new Problems(path))));
    }

    /** Reads the texts of a revision again. */
    public LoadedRules load(Revision revision) {
        return check(revision.texts().stream()
                .map(text -> {
                    Path path = Path.of(text.path());
                    return RuleFile.parse(path, text.text(), new Problems(path));
                })
                .toList());
    }

    private static Revision revision(List<RuleFile> files) {
        return Revision.of(files.stream()
                .map(file -> new RuleText(file.path().toString(), file.text()))
                .toList());
    }

    private LoadedRules check(List<RuleFile> files) {
        List<EventType> emitted =
                files.stream().flatMap(file -> file.emitted().stream()).toList();
        EventTypes own = EventTypes.known();
        EventTypes types = own.with(emitted);
        Map<RuleFile, List<Named<YamlMap>>> declared = new LinkedHashMap<>();
        files.forEach(file -> declared.put(
                file, file.map().map(map -> map.get(RuleKeys.RULES)).orElse(List.of())));
        Map<String, String> places = places(declared);
        Loading loading = new Loading(types, own, places.keySet(), known);
        RuleReader reader = new RuleReader(new Expressions(types), loading);
        Map<String, Rule> rules = new LinkedHashMap<>();
        RuleGraph graph = new RuleGraph();
        declared.forEach((file, named) ->
                named.forEach(rule -> reader.read(rule, place(file, rule)).ifPresent(found -> {
                    if (rules.putIfAbsent(found.name(), found) == null) {
                        graph.add(found, rule.key(), rule.value());
                    }
                })));
        graph.check(rules, places.keySet());
        List<Maintenance> maintenance = new ArrayList<>();
        List<RuleTest> tests = new ArrayList<>();
        TestReader testReader = new TestReader(types, rules, places.keySet());
        files.forEach(file -> file.map().ifPresent(map -> {
            readVersion(map);
            map.get(RuleKeys.MAINTENANCE)
                    .forEach(window -> maintenance(window, places.keySet()).ifPresent(maintenance::add));
            map.get(RuleKeys.TESTS)
                    .forEach(test -> testReader.read(test, file.path()).ifPresent(tests::add));
        }));
        return result(files, new RuleSet(List.copyOf(rules.values()), tests, maintenance, types, revision(files)));
    }

    /** Reading it reports any other than the one version there is. */
    @SuppressWarnings("CheckReturnValue")
    private static void readVersion(YamlMap map) {
        map.find(RuleKeys.VERSION);
    }

    private static LoadedRules result(List<RuleFile> files, RuleSet rules) {
        List<ConfigProblem> problems = new ArrayList<>();
        StringBuilder report = new StringBuilder();
        for (RuleFile file : files) {
            List<ConfigProblem> own = file.problems().sorted();
            problems.addAll(own);
            report.append(new ProblemReport(file.text()).of(own));
        }
        boolean good = files.stream().noneMatch(file -> file.problems().hasErrors());
        return new LoadedRules(good ? Optional.of(rules) : Optional.empty(), problems, report.toString(), files.size());
    }

    /** Where each rule stands; reports a name that two files use. */
    private static Map<String, String> places(Map<RuleFile, List<Named<YamlMap>>> declared) {
        Map<String, String> places = new LinkedHashMap<>();
        declared.forEach((file, rules) -> rules.forEach(rule -> {
            String before = places.putIfAbsent(rule.name(), place(file, rule));
            if (before != null) {
                rule.key()
                        .error(
                                "there is a rule \"" + rule.name() + "\" at " + before + " already",
                                "choose another name");
            }
        }));
        return places;
    }

    private static String place(RuleFile file, Named<YamlMap> rule) {
        Position at = rule.key().position();
        return file.path() + ":" + at.line();
    }

    private static Optional<Maintenance> maintenance(YamlMap map, Set<String> rules) {
        for (String rule : map.get(RuleKeys.RULES_COVERED)) {
            if (!rules.contains(rule)) {
                map.error(RuleKeys.RULES_COVERED, "there is no rule \"" + rule + "\"", RuleGraph.near(rule, rules));
            }
        }
        return map.find(RuleKeys.CRON).flatMap(text -> {
            try {
                Cron cron = Cron.parse(text, map.find(RuleKeys.TIMEZONE).orElse(ZoneOffset.UTC));
                return map.find(RuleKeys.LASTS)
                        .map(lasts -> new Maintenance(cron, lasts, map.get(RuleKeys.RULES_COVERED)));
            } catch (IllegalArgumentException e) {
                map.error(RuleKeys.CRON, String.valueOf(e.getMessage()), "write, for example, \"0 2 * * 0\"");
                return Optional.empty();
            }
        });
    }
}
