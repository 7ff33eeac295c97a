package io.keepwatch.catalog;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement from the first to the last. */
final class Binder {
    private final PreparedStatement statement;
    private int next = 1;

    Binder(PreparedStatement statement) {
        this.statement = statement;
    }

    Binder number(long value) throws SQLException {
        statement.setLong(next++, value);
        return this;
    }

    Binder flag(boolean value) throws SQLException {
        return number(value ? 1 : 0);
    }

    Binder text(@Nullable String value) throws SQLException {
        statement.setString(next++, value);
        return this;
    }

    Binder blob(byte @Nullable [] value) throws SQLException {
        statement.setBytes(next++, value);
        return this;
    }

    /** Two parameters: seconds and nanoseconds. */
    Binder time(Instant value) throws SQLException {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    Binder nulls(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            statement.setNull(next++, Types.NULL);
        }
        return this;
    }

    PreparedStatement bound() {
        return statement;
    }

    int run() throws SQLException {
        return statement.executeUpdate();
    }
}
