package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import io.keepwatch.sqlite.own.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The epoch of a catalog and the last sequence it gave. The sequence is committed before a name is used and belongs to no
 * row, so a crash or a pack that is forgotten never makes it go back; a new epoch does not either.
 */
final class PackNumbers {
    static final String EPOCH = "pack.epoch";
    private static final String SEQUENCE = "pack.sequence";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private PackNumbers() {}

    /** Gives the catalog an epoch where it has none. */
    static void begin(WriteSession session, Instant now) throws SQLException {
        if (SummaryQueries.setting(session.database(), EPOCH).isEmpty()) {
            renew(session, now);
        }
    }

    static String newEpoch(Instant now) {
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        return TIME.format(now) + "-" + HexFormat.of().formatHex(random);
    }

    static String renew(WriteSession session, Instant now) throws SQLException {
        String epoch = newEpoch(now);
        Bookkeeping.putSetting(session, EPOCH, epoch);
        return epoch;
    }

    static PackNumber next(WriteSession session) throws SQLException {
        Database database = session.database();
        try (ResultSet row = new Binder(database.statement("INSERT INTO setting (key, value) VALUES (?, '1')"
                        + " ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value"))
                .text(SEQUENCE)
                .bound()
                .executeQuery()) {
            return new PackNumber(SummaryQueries.setting(database, EPOCH).orElseThrow(), row.getLong(1));
        }
    }

    /** The last sequence given; 0 before the first. */
    static long last(Database database) throws SQLException {
        return SummaryQueries.setting(database, SEQUENCE).map(Long::parseLong).orElse(0L);
    }
}
