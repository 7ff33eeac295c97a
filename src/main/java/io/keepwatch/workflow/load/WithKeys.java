package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.unit.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys that {@code with} has for verbs that know what they take. */
final class WithKeys {
    private static final Map<String, List<String>> KNOWN = Map.of(
            "notify", List.of("text", "title", "severity", "link"),
            "backup", List.of("priority", "wait", "from", "size"),
            "restore", List.of("to", "at", "overwrite"),
            "probe", List.of("subject"),
            "lvm", List.of("volume", "name", "size"));
    private static final Map<String, Map<String, List<String>>> WORDS = Map.of(
            "notify", Map.of("severity", List.of("info", "warning", "critical")),
            "backup", Map.of("priority", List.of("normal", "high"), "from", List.of("files", "snapshot")));
    private static final Map<String, Set<String>> TRUTHS =
            Map.of("backup", Set.of("wait"), "restore", Set.of("overwrite"));

    private WithKeys() {}

    static void check(YamlMap map, String verb) {
        List<Named<YamlValue>> entries =
                map.value(StepKeys.WITH).flatMap(YamlValue::entries).orElse(List.of());
        if (verb.equals("notify")
                && entries.stream().noneMatch(entry -> entry.name().equals("text"))) {
            map.error(StepKeys.WITH, "a notification needs a text", "add with: {text: \"…\"}");
        }
        if (verb.equals("lvm")) {
            LvmWith.check(map, entries);
        }
        if (verb.equals("backup")) {
            BackupWith.check(entries);
        }
        List<String> known = KNOWN.getOrDefault(verb, List.of());
        for (Named<YamlValue> entry : entries) {
            if (!known.isEmpty() && !known.contains(entry.name())) {
                entry.key()
                        .error(
                                "the key \"" + entry.name() + "\" is not known",
                                NearestName.of(entry.name(), known)
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse("known here: " + String.join(", ", known)));
            }
            checkValue(verb, entry);
        }
    }

    static Optional<YamlValue> find(List<Named<YamlValue>> entries, String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Named::value)
                .findFirst();
    }

    static Optional<String> constant(YamlValue value) {
        return value.word().filter(text -> !TemplateText.hasExpression(text));
    }

    static void checkSize(YamlValue value) {
        constant(value).ifPresent(text -> {
            try {
                ByteSize.parse(text);
            } catch (IllegalArgumentException e) {
                value.error(String.valueOf(e.getMessage()), "write a size, for example 5GiB");
            }
        });
    }

    private static void checkValue(String verb, Named<YamlValue> entry) {
        List<String> words = WORDS.getOrDefault(verb, Map.of()).getOrDefault(entry.name(), List.of());
        String written = entry.value().word().orElse("");
        if (!words.isEmpty() && !words.contains(written) && !TemplateText.hasExpression(written)) {
            String all = String.join(", ", words);
            entry.value()
                    .error(
                            "\"" + written + "\" is not one of " + all,
                            NearestName.of(written, words)
                                    .map(near -> "did you mean \"" + near + "\"?")
                                    .orElse("write one of " + all));
        }
        if (TRUTHS.getOrDefault(verb, Set.of()).contains(entry.name())
                && !(entry.value().constant().orElse("") instanceof Boolean)) {
            entry.value()
                    .error("this needs true or false but holds " + entry.value().found(), "write true or false");
        }
    }
}
