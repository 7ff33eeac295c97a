package io.keepwatch.config.yaml;

import java.nio.file.Path;

/**
 * One thing that is wrong with a file, or worth knowing about it.
 *
 * @param position where; {@link Position#NONE} when it concerns the file as a whole
 * @param keyPath which option, for example {@code roots[1].path}; empty when it concerns no option
 * @param problem what is there and why it cannot stand
 * @param advice what to write instead; may be empty
 */
public record ConfigProblem(
        Severity severity, Path file, Position position, String keyPath, String problem, String advice) {

    /** {@code /etc/keepwatch/keepwatch.yml:12:9}, which editors and terminals can open. */
    public String place() {
        return position.equals(Position.NONE)
                ? file.toString()
                : file + ":" + position.line() + ":" + position.column();
    }

    /** Place, option, problem and advice in one line. */
    @Override
    public String toString() {
        String key = keyPath.isEmpty() ? " " : " " + keyPath + ": ";
        String note = severity == Severity.NOTE ? " note:" : "";
        return place() + note + key + problem + (advice.isEmpty() ? "" : "; " + advice);
    }
}
