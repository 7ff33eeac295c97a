package io.keepwatch.catalog;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.RawPath;
import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import io.keepwatch.sqlite.own.ReaderPool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes over all paths with past versions, page by page, so that no read lasts long. Memory is bounded by what goes of a page
 * of paths. One thread.
 */
final class ExpiryScan {
    private static final int PATHS = 500;
    private static final int VERSIONS = 5000;

    private final ReaderPool pool;
    private final ExpiryRequest request;
    private long directory;
    private Bytes name = Bytes.of(new byte[0]);
    private boolean done;
    private long versions;
    private long bytes;
    private long endedPaths;
    private long deletedPaths;

    ExpiryScan(ReaderPool pool, ExpiryRequest request) {
        this.pool = pool;
        this.request = request;
    }

    /** Whether there may be another page. */
    boolean hasMore() {
        return !done;
    }

    /** The next versions that go. */
    List<CatalogVersion> next() {
        return pool.read(database -> Snapshot.read(database, () -> page(database)));
    }

    /** Of what was given so far; complete after the last page. */
    ExpiryCounts counts() {
        long files = pool.read(database -> database.number("SELECT coalesce(sum(files), 0) FROM root"));
        return new ExpiryCounts(versions, bytes, endedPaths, files + deletedPaths);
    }

    private List<CatalogVersion> page(Database database) throws SQLException {
        List<CatalogVersion> gone = new ArrayList<>();
        List<Place> places = places(database);
        done = places.size() < PATHS;
        for (Place place : places) {
            if (gone.size() >= VERSIONS) {
                done = false;
                break;
            }
            visit(database, place, gone);
            directory = place.directory;
            name = place.name;
        }
        return gone;
    }

    private record Place(long directory, Bytes name, Bytes directoryPath, String root) {}

    private List<Place> places(Database database) throws SQLException {
        Binder select = new Binder(database.statement("SELECT v.directory_id, v.name, d.path, r.name FROM"
                        + " (SELECT DISTINCT directory_id, name FROM version WHERE state = 3"
                        + " AND (directory_id, name) > (?, ?) ORDER BY directory_id, name LIMIT ?) v"
                        + " CROSS JOIN directory d ON d.id = v.directory_id CROSS JOIN root r ON r.id = d.root_id"
                        + " ORDER BY v.directory_id, v.name"))
                .number(directory)
                .blob(name.toArray())
                .number(PATHS);
        List<Place> places = new ArrayList<>();
        try (ResultSet row = select.bound().executeQuery()) {
            while (row.next()) {
                places.add(new Place(
                        row.getLong(1),
                        Bytes.of(VersionRow.blob(row, 2)),
                        Bytes.of(VersionRow.blob(row, 3)),
                        row.getString(4)));
            }
        }
        return places;
    }

    private void visit(Database database, Place place, List<CatalogVersion> gone) throws SQLException {
        byte[] directoryPath = place.directoryPath.toArray();
        RawPath path = RawPath.of(SplitPath.join(directoryPath, place.name.toArray()));
        PathExpiry expiry =
                new PathExpiry(new RetentionPlan(request.rules().of(place.root, path), request.now(), request.zone()));
        for (String state : List.of("state < 3 AND v.state = 2", "state = 3")) {
            Binder select = new Binder(database.statement("SELECT " + VersionRow.COLUMNS
                            + " FROM version v WHERE v.directory_id = ? AND v.name = ? AND v." + state
                            + " ORDER BY v.observed_s DESC, v.observed_n DESC, v.id DESC"))
                    .number(place.directory)
                    .blob(place.name.toArray());
            try (ResultSet row = select.bound().executeQuery()) {
                while (row.next()) {
                    if (expiry.goes(row)) {
                        gone.add(VersionRow.read(row, place.root, directoryPath));
                    }
                }
            }
        }
        versions += expiry.versions;
        bytes += expiry.bytes;
        deletedPaths += expiry.isDeleted && expiry.hadContent ? 1 : 0;
        endedPaths += expiry.isDeleted && expiry.hadContent && !expiry.keepsContent ? 1 : 0;
    }

    /** What becomes of one path. */
    private static final class PathExpiry {
        private final RetentionPlan plan;
        private boolean first = true;
        private boolean isDeleted;
        private boolean hadContent;
        private boolean keepsContent;
        private long versions;
        private long bytes;

        PathExpiry(RetentionPlan plan) {
            this.plan = plan;
        }

        boolean goes(ResultSet row) throws SQLException {
            boolean deletion = VersionRow.isDeletion(row);
            boolean regular = VersionRow.isRegular(row);
            boolean kept = plan.keeps(VersionRow.observed(row), deletion);
            isDeleted |= first && deletion;
            first = false;
            hadContent |= regular;
            keepsContent |= regular && kept;
            if (!kept) {
                versions++;
                bytes += regular ? VersionRow.size(row) : 0;
            }
            return !kept;
        }
    }
}
