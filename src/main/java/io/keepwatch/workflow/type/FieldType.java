package io.keepwatch.workflow.type;

/** The kind of a field, which conditions are checked against when a rule is loaded. */
public enum FieldType {
    TEXT("text"),
    WHOLE("whole number"),
    NUMBER("number"),
    TRUTH("true or false"),
    TIME("time"),
    TEXTS("list of texts"),
    /** A value whose kind is only known when the event comes. */
    ANY("any value");

    private final String words;

    FieldType(String words) {
        this.words = words;
    }

    /** As it is called in messages and in the reference. */
    public String words() {
        return words;
    }
}
