package io.keepwatch.workflow.type;

/** One field of {@code event.data}. The unit is part of the name. */
public record Field(String name, FieldType type, String doc) {
    public static Field text(String name, String doc) {
        return new Field(name, FieldType.TEXT, doc);
    }

    public static Field whole(String name, String doc) {
        return new Field(name, FieldType.WHOLE, doc);
    }

    public static Field number(String name, String doc) {
        return new Field(name, FieldType.NUMBER, doc);
    }

    public static Field truth(String name, String doc) {
        return new Field(name, FieldType.TRUTH, doc);
    }

    public static Field texts(String name, String doc) {
        return new Field(name, FieldType.TEXTS, doc);
    }

    public static Field any(String name, String doc) {
        return new Field(name, FieldType.ANY, doc);
    }
}
