package io.keepwatch.catalog;

/** The numbers of the column {@code pack.state}. */
final class PackState {
    static final int STAGED = 0;
    static final int STORED = 1;
    static final int CONDEMNED = 2;

    private PackState() {}
}
