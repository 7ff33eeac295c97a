package io.keepwatch.cli;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import io.keepwatch.daemon.Backend;
import io.keepwatch.daemon.RequestReports;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.store.Bill;
import io.keepwatch.store.RequestCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * The store as a command uses it. Closing it tells on stderr what was asked of the store, and puts it on the bill, however
 * the command ended. A bill that cannot be written is told and fails nothing.
 */
final class BilledStore implements AutoCloseable {
    private static final int DIGITS = 4;

    private final Config config;
    private final Backend backend;
    private final PrintWriter err;

    private BilledStore(Config config, Backend backend, PrintWriter err) {
        this.config = config;
        this.backend = backend;
        this.err = err;
    }

    /** For reading. Ends the command with exit code 5 where the embedded store does not start. */
    static BilledStore open(StoredBackup backup, PrintWriter err) {
        Config config = backup.config();
        return open(config, err, () -> Backend.reading(config, backup.catalog(), Clock.systemUTC()));
    }

    /** The same for a command that has the catalog to itself. */
    static BilledStore open(Config config, Catalog catalog, PrintWriter err) {
        return open(config, err, () -> Backend.writing(config, catalog, Clock.systemUTC()));
    }

    /** The same on what was opened by the command itself. */
    static BilledStore of(Config config, Backend backend, PrintWriter err) {
        return new BilledStore(config, backend, err);
    }

    Backend backend() {
        return backend;
    }

    private interface Opening {
        Backend open() throws IOException;
    }

    private static BilledStore open(Config config, PrintWriter err, Opening opening) {
        try {
            return new BilledStore(config, opening.open(), err);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.STORE, FileProblem.text(e));
        }
    }

    StorageLayout layout() {
        return backend.layout();
    }

    @Override
    public void close() {
        backend.close();
        RequestCounts counts = backend.ledger().drain();
        if (counts.total() == 0) {
            return;
        }
        err.println("requests: " + text(counts, backend.prices().bill(counts, 0)));
        try {
            new RequestReports(config.state()).add(Clock.systemUTC().instant(), counts);
        } catch (IOException e) {
            err.println("keepwatch: these requests are missing from the bill: " + FileProblem.text(e));
        }
        err.flush();
    }

    static String text(RequestCounts counts, Bill bill) {
        Map<String, Long> byName = new HashMap<>();
        counts.requests().forEach((type, count) -> byName.put(type.name(), count));
        BigDecimal amount = bill.transferred().setScale(DIGITS, RoundingMode.HALF_UP);
        boolean tiny = amount.signum() == 0 && bill.transferred().signum() > 0;
        return StatusText.requests(byName) + " (" + (tiny ? "less than 0.0001" : amount.toPlainString()) + " "
                + bill.currency() + ")";
    }
}
