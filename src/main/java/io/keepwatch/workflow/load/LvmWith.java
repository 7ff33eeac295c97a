package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.rule.Verb;
import java.util.List;

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
        WithKeys.find(entries, "volume")
                .flatMap(WithKeys::constant)
                .filter(text -> !text.matches("[^/]+/[^/]+"))
                .ifPresent(text -> WithKeys.find(entries, "volume")
                        .ifPresent(value -> value.error(
                                "\"" + text + "\" is not a logical volume",
                                "write group/volume, for example vg0/root")));
        WithKeys.find(entries, "size").ifPresent(value -> {
            if (!makes) {
                value.error("a merge has no size", "remove it");
            } else {
                WithKeys.checkSize(value);
            }
        });
    }

    private static void need(YamlMap map, List<Named<YamlValue>> entries, String name, String advice) {
        if (WithKeys.find(entries, name).isEmpty()) {
            map.error(StepKeys.WITH, "this step needs a " + name, advice);
        }
    }
}
