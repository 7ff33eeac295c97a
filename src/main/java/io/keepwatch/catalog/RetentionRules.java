package io.keepwatch.catalog;

import io.keepwatch.file.RawPath;
import java.util.List;

/** Which retention a path has: that of the last override that matches it, as in a gitignore file, or else the standard. */
public record RetentionRules(Retention standard, List<RetentionOverride> overrides) {
    public RetentionRules {
        overrides = List.copyOf(overrides);
    }

    Retention of(String root, RawPath path) {
        Retention found = standard;
        for (RetentionOverride override : overrides) {
            if (override.paths().test(root, path)) {
                found = override.retention();
            }
        }
        return found;
    }
}
