package io.keepwatch.config;

import io.keepwatch.config.yaml.ConfigProblem;
import java.util.List;

/** A configuration that cannot be used. The message shows every problem and ends with a line break. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    ConfigException(String message, List<ConfigProblem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    /** In the order of the file, notes included. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
