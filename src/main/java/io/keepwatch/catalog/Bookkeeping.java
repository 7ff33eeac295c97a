package io.keepwatch.catalog;

import io.keepwatch.sqlite.own.Binder;
import java.sql.SQLException;
import java.util.List;

/** What the daemon keeps about itself: requests that cost money, and named values. */
final class Bookkeeping {
    private Bookkeeping() {}

    static void addRequests(WriteSession session, List<RequestCount> counts) throws SQLException {
        for (RequestCount count : counts) {
            new Binder(session.database()
                            .statement("INSERT INTO request (day, class, requests, bytes_sent, bytes_received)"
                                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                                    + " requests = requests + excluded.requests,"
                                    + " bytes_sent = bytes_sent + excluded.bytes_sent,"
                                    + " bytes_received = bytes_received + excluded.bytes_received"))
                    .text(count.day().toString())
                    .text(count.requestClass())
                    .number(count.requests())
                    .number(count.bytesSent())
                    .number(count.bytesReceived())
                    .run();
        }
    }

    static void putSetting(WriteSession session, String key, String value) throws SQLException {
        new Binder(
                        session.database()
                                .statement(
                                        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"))
                .text(key)
                .text(value)
                .run();
    }
}
