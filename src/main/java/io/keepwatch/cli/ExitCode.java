package io.keepwatch.cli;

/** What the shell is told. Scripts rely on these numbers; they do not change. */
final class ExitCode {
    static final int OK = 0;
    static final int PROBLEM = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 3;
    static final int DAEMON = 4;
    static final int STORE = 5;
    static final int NOT_FOUND = 6;
    static final int INTERNAL = 70;

    private ExitCode() {}
}
