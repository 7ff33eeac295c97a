package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.workflow.rule.Verb;
import java.util.List;
import java.util.Optional;

/** What a step on a logical volume needs in {@code with}; values with expressions are checked when the step runs. */
final class LvmWith {
    private LvmWith() {}

    static void check(YamlMap map, List<Named<YamlValue>> entries) {
        boolean makes =
                map.find(StepKeys.LVM).filter(Verb.Lvm.Work.SNAPSHOT::equals).isPresent();
        need(map, entries, "volume", "add with: {volume: vg0/root}");
        need(map, entries, "name", "add with: {name: before-upgrade}");
        if (makes) {
            need(map, entries, "size", "add with: {size: 5GiB}: how much of the volume may change while it exists");
        }
        find(entries, "volume")
                .flatMap(LvmWith::constant)
                .filter(text -> !text.matches("[^/]+/[^/]+"))
                .ifPresent(text -> find(entries, "volume")
                        .ifPresent(value -> value.error(
                                "\"" + text + "\" is not a logical volume",
                                "write group/volume, for example vg0/root")));
        find(entries, "size").ifPresent(value -> {
            if (!makes) {
                value.error("a merge has no size", "remove it");
            } else {
                constant(value).ifPresent(text -> checkSize(value, text));
            }
        });
    }

    private static void checkSize(YamlValue value, String text) {
        try {
            ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            value.error(String.valueOf(e.getMessage()), "write a size, for example 5GiB");
        }
    }

    private static void need(YamlMap map, List<Named<YamlValue>> entries, String name, String advice) {
        if (find(entries, name).isEmpty()) {
            map.error(StepKeys.WITH, "this step needs a " + name, advice);
        }
    }

    private static Optional<YamlValue> find(List<Named<YamlValue>> entries, String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Named::value)
                .findFirst();
    }

    private static Optional<String> constant(YamlValue value) {
        return value.word().filter(text -> !TemplateText.hasExpression(text));
    }
}
