package io.keepwatch.catalog;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileMeta;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import io.keepwatch.sqlite.own.Binder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The columns of a version, in one order for reading and for writing. */
final class VersionRow {
    /** What {@link #bindState} fills. */
    static final String STATE_COLUMNS =
            "observed_s, observed_n, type, size, mtime_s, mtime_n, ctime_s, ctime_n, device,"
                    + " inode, links, mode, uid, gid, device_number, racy, owner, group_name, link_target, xattrs,"
                    + " hard_link_leader, sha256, inconsistent";
    /** One parameter for each of them. */
    static final String STATE_PARAMETERS = "?" + ", ?".repeat(22);

    /** What {@link #read} and {@link #child} expect, from the first column on. */
    static final String COLUMNS =
            "v.id, v.name, v.state, v.observed_s, v.observed_n, v.type, v.size, v.mtime_s, v.mtime_n,"
                    + " v.ctime_s, v.ctime_n, v.device, v.inode, v.links, v.mode, v.uid, v.gid, v.device_number, v.racy, v.owner,"
                    + " v.group_name, v.link_target, v.xattrs, v.hard_link_leader, v.sha256, v.inconsistent, v.location,"
                    + " v.durable_s, v.durable_n, v.first_seen_s, v.first_seen_n, v.attempts";
    /** The same, and then the directory's path and the root's name, for {@link #readWithPath}. */
    static final String COLUMNS_WITH_PATH = COLUMNS + ", d.path, r.name";

    static final String FROM_WITH_PATH =
            " FROM version v JOIN directory d ON d.id = v.directory_id JOIN root r ON r.id = d.root_id";
    private static final int DIRECTORY = 33;
    private static final int META_COLUMNS = 19;

    private VersionRow() {}

    static Binder bindState(Binder binder, FileVersion version) throws SQLException {
        binder.time(version.observed());
        if (version.meta().isEmpty()) {
            binder.nulls(META_COLUMNS);
        } else {
            bindMeta(binder, version.meta().get(), version.observed());
        }
        return binder.blob(version.hash().map(Sha256::bytes).orElse(null)).flag(version.inconsistent());
    }

    private static void bindMeta(Binder binder, FileMeta meta, Instant observed) throws SQLException {
        FileStat stat = meta.stat();
        binder.number(TypeCode.of(stat.type())).number(stat.sizeBytes());
        binder.time(stat.modified()).time(stat.changed());
        binder.number(stat.device()).number(stat.inode()).number(stat.links());
        binder.number(stat.mode()).number(stat.uid()).number(stat.gid()).number(stat.deviceNumber());
        binder.flag(Racy.is(stat, observed));
        binder.text(meta.owner().orElse(null)).text(meta.group().orElse(null));
        binder.blob(meta.linkTarget().map(Bytes::toArray).orElse(null));
        binder.blob(XattrBlob.of(meta.xattrs()));
        binder.blob(meta.hardLinkLeader().map(RawPath::bytes).orElse(null));
    }

    static CatalogVersion readWithPath(ResultSet row) throws SQLException {
        return read(row, row.getString(DIRECTORY + 1), blob(row, DIRECTORY));
    }

    /** {@code directory} is the directory column: with a slash at its end, or empty. */
    static CatalogVersion read(ResultSet row, String root, byte[] directory) throws SQLException {
        RawPath path = RawPath.of(SplitPath.join(directory, name(row)));
        FileVersion version = new FileVersion(
                root,
                path,
                time(row, 4),
                isDeletion(row) ? Optional.empty() : Optional.of(meta(row)),
                Optional.ofNullable(row.getBytes(25)).map(Sha256::of),
                row.getInt(26) != 0);
        return new CatalogVersion(
                row.getLong(1),
                version,
                RowState.of(row.getInt(3)),
                Optional.ofNullable(row.getString(27)),
                optionalTime(row, 28),
                time(row, 30),
                row.getInt(32));
    }

    static KnownChild child(ResultSet row) throws SQLException {
        return new KnownChild(Bytes.of(name(row)), stat(row), row.getInt(19) != 0);
    }

    static byte[] name(ResultSet row) throws SQLException {
        return blob(row, 2);
    }

    static boolean isDeletion(ResultSet row) throws SQLException {
        return row.getInt(6) == 0;
    }

    static boolean isRegular(ResultSet row) throws SQLException {
        return row.getInt(6) == TypeCode.of(FileType.REGULAR);
    }

    static Instant observed(ResultSet row) throws SQLException {
        return time(row, 4);
    }

    static long size(ResultSet row) throws SQLException {
        return row.getLong(7);
    }

    /** A column that is never NULL; the driver gives null for no bytes. */
    static byte[] blob(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    private static FileMeta meta(ResultSet row) throws SQLException {
        return new FileMeta(
                stat(row),
                Optional.ofNullable(row.getString(20)),
                Optional.ofNullable(row.getString(21)),
                Optional.ofNullable(row.getBytes(22)).map(Bytes::of),
                XattrBlob.parse(row.getBytes(23)),
                Optional.ofNullable(row.getBytes(24)).map(RawPath::of));
    }

    private static FileStat stat(ResultSet row) throws SQLException {
        return new FileStat(
                TypeCode.parse(row.getInt(6)),
                row.getLong(7),
                time(row, 8),
                time(row, 10),
                row.getLong(12),
                row.getLong(13),
                row.getInt(14),
                row.getInt(15),
                row.getInt(16),
                row.getInt(17),
                row.getLong(18));
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(column), row.getLong(column + 1));
    }

    static Optional<Instant> optionalTime(ResultSet row, int column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds, row.getLong(column + 1)));
    }
}
