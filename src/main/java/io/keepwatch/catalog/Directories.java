package io.keepwatch.catalog;

import io.keepwatch.file.Bytes;
import io.keepwatch.sqlite.own.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of roots and directories, made where they are missing; the last few thousand are remembered. Writer only. */
final class Directories {
    private static final int REMEMBERED = 4096;

    private final Database database;
    private final Map<Key, Long> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Key(String root, Bytes path) {}

    Directories(Database database) {
        this.database = database;
    }

    /** The id of this directory, where {@code path} has a slash at its end or is empty. */
    long id(String root, byte[] path) throws SQLException {
        Key key = new Key(root, Bytes.of(path));
        Long known = recent.get(key);
        if (known != null) {
            return known;
        }
        long rootId = rootId(root);
        PreparedStatement insert = database.statement("INSERT OR IGNORE INTO directory (root_id, path) VALUES (?, ?)");
        insert.setLong(1, rootId);
        insert.setBytes(2, path);
        insert.executeUpdate();
        PreparedStatement select = database.statement("SELECT id FROM directory WHERE root_id = ? AND path = ?");
        select.setLong(1, rootId);
        select.setBytes(2, path);
        long id = onlyNumber(select);
        recent.put(key, id);
        return id;
    }

    private long rootId(String root) throws SQLException {
        PreparedStatement insert = database.statement("INSERT OR IGNORE INTO root (name) VALUES (?)");
        insert.setString(1, root);
        insert.executeUpdate();
        PreparedStatement select = database.statement("SELECT id FROM root WHERE name = ?");
        select.setString(1, root);
        return onlyNumber(select);
    }

    private static long onlyNumber(PreparedStatement select) throws SQLException {
        try (ResultSet result = select.executeQuery()) {
            return result.getLong(1);
        }
    }

    /** What was remembered may have been rolled back. */
    void forget() {
        recent.clear();
    }
}
