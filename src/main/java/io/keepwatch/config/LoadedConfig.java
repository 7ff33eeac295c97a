package io.keepwatch.config;

import io.keepwatch.config.yaml.ConfigProblem;
import java.util.List;

/**
 * A configuration that can be used.
 *
 * @param notes what its owner should know
 * @param notesText the same, with the lines they speak of; empty when there are none
 */
public record LoadedConfig(Config config, List<ConfigProblem> notes, String notesText) {
    public LoadedConfig {
        notes = List.copyOf(notes);
    }
}
