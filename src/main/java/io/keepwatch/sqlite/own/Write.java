package io.keepwatch.sqlite.own;

import java.sql.SQLException;

/** One change, inside a transaction that others share; it may run twice, so it keeps no state. */
@FunctionalInterface
public interface Write<S extends Session, T> {
    T apply(S session) throws SQLException;
}
