package io.keepwatch.catalog;

import java.sql.SQLException;

/** One change of the catalog, inside a transaction that others share; it may run twice, so it keeps no state. */
@FunctionalInterface
interface Write<T> {
    T apply(WriteSession session) throws SQLException;
}
