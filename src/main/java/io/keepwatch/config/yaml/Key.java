package io.keepwatch.config.yaml;

/**
 * One option of a section. The one place that says its name, its kind, its default and what it is for; the parser and
 * the reference page both come from here.
 *
 * @param shownDefault the default as a person would write it, or words when it is found at run time
 * @param doc one or two sentences for the reference page
 */
public record Key<T>(String name, ValueType<T> type, Presence presence, String shownDefault, String doc) {
    /** What it means that a key is not in the file. */
    public enum Presence {
        /** An error. */
        REQUIRED,
        /** The default is used. */
        DEFAULT,
        /** The value is empty. */
        OPTIONAL
    }

    public static <T> Key<T> required(String name, ValueType<T> type, String doc) {
        return new Key<>(name, type, Presence.REQUIRED, "", doc);
    }

    /** The default is YAML and is read like a value of the file. */
    public static <T> Key<T> of(String name, ValueType<T> type, String yamlDefault, String doc) {
        return new Key<>(name, type, Presence.DEFAULT, yamlDefault, doc);
    }

    public static <T> Key<T> optional(String name, ValueType<T> type, String shownDefault, String doc) {
        return new Key<>(name, type, Presence.OPTIONAL, shownDefault, doc);
    }

    T defaultValue() {
        return YamlDocument.constant(shownDefault, type);
    }
}
