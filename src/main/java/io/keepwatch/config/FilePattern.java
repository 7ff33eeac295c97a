package io.keepwatch.config;

import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.source.IgnorePatterns;

/** A pattern in the syntax of {@code .gitignore}. One that can match nothing is a mistake, found when the file is read. */
final class FilePattern {
    private FilePattern() {}

    static ValueType<String> type(String example) {
        return Values.parsed("a pattern", example, text -> {
            IgnorePatterns.check(text);
            return text;
        });
    }
}
