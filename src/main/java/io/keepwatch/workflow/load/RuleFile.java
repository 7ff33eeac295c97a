package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.Problems;
import io.keepwatch.config.yaml.YamlDocument;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlText;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One file of rules, read as far as one can without the others. */
record RuleFile(Path path, String text, Problems problems, Optional<YamlMap> map, List<EventType> emitted) {
    static RuleFile read(Path path) {
        Problems problems = new Problems(path);
        try {
            return parse(path, YamlText.read(path, problems).orElse(""), problems);
        } catch (IOException e) {
            problems.error(io.keepwatch.config.yaml.Position.NONE, "", "the file cannot be read: " + e, "");
            return new RuleFile(path, "", problems, Optional.empty(), List.of());
        }
    }

    static RuleFile parse(Path path, String text, Problems problems) {
        Optional<YamlDocument> document = problems.hasErrors() ? Optional.empty() : YamlDocument.parse(text, problems);
        List<EventType> emitted = new ArrayList<>();
        document.ifPresent(found -> collectEmitted(found.root(), emitted));
        Optional<YamlMap> map = document.flatMap(found -> {
            Optional<YamlMap> top = found.root().map(RuleKeys.FILE);
            if (top.isEmpty()) {
                found.root().error("this needs a map but holds " + found.root().found(), "begin with version: 1");
            }
            return top;
        });
        return new RuleFile(path, text, problems, map, emitted);
    }

    private static void collectEmitted(YamlValue value, List<EventType> types) {
        value.items().orElse(List.of()).forEach(item -> collectEmitted(item, types));
        List<Named<YamlValue>> entries = value.quietEntries();
        Optional<String> name = find(entries, StepKeys.EMIT.name()).flatMap(YamlValue::text);
        if (name.isPresent()) {
            List<Field> fields =
                    find(entries, StepKeys.DATA.name()).map(YamlValue::quietEntries).orElse(List.of()).stream()
                            .map(entry -> Field.any(entry.name(), "emitted by a rule"))
                            .toList();
            types.add(new EventType(name.get(), "the subject of the event that started the run", fields));
        }
        entries.forEach(entry -> collectEmitted(entry.value(), types));
    }

    private static Optional<YamlValue> find(List<Named<YamlValue>> entries, String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Named::value)
                .findFirst();
    }
}
