package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** What a backup from a snapshot takes in {@code with}; values with expressions are checked when the step runs. */
final class BackupWith {
    private BackupWith() {}

    static void check(List<Named<YamlValue>> entries) {
        Optional<String> from = WithKeys.find(entries, "from").flatMap(YamlValue::word);
        boolean mayBeSnapshot = from.filter(text -> !text.equals("files")).isPresent();
        WithKeys.find(entries, "size").ifPresent(size -> {
            if (mayBeSnapshot) {
                WithKeys.checkSize(size);
            } else {
                size.error("only a backup from a snapshot has a size", "add from: snapshot, or remove it");
            }
        });
        if (from.filter("snapshot"::equals).isPresent()) {
            WithKeys.find(entries, "wait")
                    .filter(wait ->
                            wait.constant().filter(Boolean.FALSE::equals).isPresent())
                    .ifPresent(wait -> wait.error(
                            "a backup from a snapshot always waits, since the snapshot is removed at its end",
                            "remove it"));
        }
    }
}
