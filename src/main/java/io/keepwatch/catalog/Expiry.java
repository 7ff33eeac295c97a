package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.GroupCommit;
import io.keepwatch.sqlite.own.ReaderPool;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Removes the versions that retention does not keep, a few hundred a commit, so that other writes come in between. */
final class Expiry {
    /** Fewer are no reason for an alarm: the files of a small test, or temporary ones among few others. */
    private static final long FEW_PATHS = 100;

    private static final int ROWS_A_COMMIT = 500;

    private final ReaderPool pool;
    private final GroupCommit<WriteSession> writer;
    private final ExpiryRequest request;

    Expiry(ReaderPool pool, GroupCommit<WriteSession> writer, ExpiryRequest request) {
        this.pool = pool;
        this.writer = writer;
        this.request = request;
    }

    static ExpiryCounts forEach(ReaderPool pool, ExpiryRequest request, Consumer<CatalogVersion> each) {
        ExpiryScan scan = new ExpiryScan(pool, request);
        while (scan.hasMore()) {
            scan.next().forEach(each);
        }
        return scan.counts();
    }

    ExpiryCounts run(Consumer<List<CatalogVersion>> removed) {
        ExpiryCounts expected = forEach(pool, request, version -> {});
        if (!request.evenMost()
                && expected.endedPaths() >= FEW_PATHS
                && expected.endedPaths() > expected.paths() - expected.endedPaths()) {
            throw new ExpiryRefusedException(expected, request.now());
        }
        ExpiryScan scan = new ExpiryScan(pool, request);
        while (scan.hasMore()) {
            List<CatalogVersion> page = scan.next();
            for (int from = 0; from < page.size(); from += ROWS_A_COMMIT) {
                List<CatalogVersion> part = page.subList(from, Math.min(page.size(), from + ROWS_A_COMMIT));
                remove(part);
                removed.accept(List.copyOf(part));
            }
        }
        return expected;
    }

    private void remove(List<CatalogVersion> versions) {
        try {
            writer.submit(session -> delete(session.database(), versions)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CatalogException cause ? cause : e;
        }
    }

    /** The conditions hold for what the scan gave; they are the last barrier before what may never go. */
    private static boolean delete(Database database, List<CatalogVersion> versions) throws SQLException {
        for (CatalogVersion version : versions) {
            new Binder(database.statement("DELETE FROM version WHERE id = ? AND state = 3 AND type IS NOT NULL"))
                    .number(version.id())
                    .run();
        }
        return true;
    }
}
