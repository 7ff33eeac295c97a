package io.keepwatch.history;

import io.keepwatch.sqlite.own.Owner;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The history's name and exceptions. */
final class HistoryFile implements Owner {
    static final Owner OWNER = new HistoryFile();

    private HistoryFile() {}

    @Override
    public String name() {
        return "history";
    }

    @Override
    public HistoryException problem(String message, @Nullable Throwable cause) {
        return new HistoryException(message, cause);
    }

    @Override
    public HistoryException damaged(Path file, String damage, @Nullable Throwable cause) {
        return problem(
                "the history " + file + " is damaged (" + damage
                        + "); nothing was moved or changed: stop the daemon, move"
                        + " it and its -wal file away, and it begins anew without the readings of before",
                cause);
    }

    @Override
    public HistoryException missing(Path file) {
        return problem("there is no history at " + file + ": the daemon writes it when probes are on", null);
    }
}
