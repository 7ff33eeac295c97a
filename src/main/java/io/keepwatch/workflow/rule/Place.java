package io.keepwatch.workflow.rule;

import io.keepwatch.config.yaml.Position;
import java.nio.file.Path;

/** Where something stands in a rule file. */
public record Place(Path file, Position position) {
    /** For people: {@code workflows/disk.yml:12}. */
    public String text() {
        return file + ":" + position.line();
    }
}
