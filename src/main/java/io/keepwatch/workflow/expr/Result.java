package io.keepwatch.workflow.expr;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;

/** What an expression must yield at its place. */
public enum Result {
    TRUTH("true or false", "compare something, for example event.data.count > 3"),
    TEXTS("a list of texts, or one text", "write a list, for example event.data.paths"),
    LIST("a list", "write a list, for example event.data.paths"),
    ANY("a value", "");

    private final String words;
    private final String advice;

    Result(String words, String advice) {
        this.words = words;
        this.advice = advice;
    }

    String words() {
        return words;
    }

    String advice() {
        return advice;
    }

    boolean accepts(CelType type) {
        if (type.kind() == CelKind.DYN) {
            return true;
        }
        return switch (this) {
            case TRUTH -> type.kind() == CelKind.BOOL;
            case TEXTS -> type.kind() == CelKind.STRING || isListOf(type, CelKind.STRING);
            case LIST -> type.kind() == CelKind.LIST;
            case ANY -> true;
        };
    }

    private static boolean isListOf(CelType type, CelKind item) {
        return type instanceof ListType list
                && (list.elemType().kind() == item || list.elemType().kind() == CelKind.DYN);
    }
}
