package io.keepwatch.catalog;

/** The numbers of the column {@code version.state}. */
final class RowState {
    static final int PENDING = 0;
    static final int UPLOADING = 1;
    /** Durable, and the newest of its path. */
    static final int CURRENT = 2;
    /** Durable, and followed by another. */
    static final int PAST = 3;

    private RowState() {}

    static State of(int row) {
        return switch (row) {
            case PENDING -> State.PENDING;
            case UPLOADING -> State.UPLOADING;
            default -> State.DURABLE;
        };
    }
}
