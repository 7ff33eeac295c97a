package io.keepwatch.config.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that a person sees all of it at once. For one thread. */
public final class Problems {
    private final Path file;
    private final List<ConfigProblem> found = new ArrayList<>();
    private int[] text = new int[0];

    public Problems(Path file) {
        this.file = file;
    }

    public void error(Position position, String keyPath, String problem, String advice) {
        found.add(new ConfigProblem(Severity.ERROR, file, position, keyPath, problem, advice));
    }

    public void note(Position position, String keyPath, String problem, String advice) {
        found.add(new ConfigProblem(Severity.NOTE, file, position, keyPath, problem, advice));
    }

    /** Tells of what text the problems are. */
    void concern(String text) {
        this.text = text.codePoints().toArray();
    }

    int[] text() {
        return text;
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** In the order of the file. */
    public List<ConfigProblem> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(ConfigProblem::position))
                .toList();
    }
}
