package io.keepwatch.sqlite.own;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement from the first to the last. */
public final class Binder {
    private final PreparedStatement statement;
    private int next = 1;

    public Binder(PreparedStatement statement) {
        this.statement = statement;
    }

    public Binder number(long value) throws SQLException {
        statement.setLong(next++, value);
        return this;
    }

    public Binder flag(boolean value) throws SQLException {
        return number(value ? 1 : 0);
    }

    public Binder text(@Nullable String value) throws SQLException {
        statement.setString(next++, value);
        return this;
    }

    public Binder blob(byte @Nullable [] value) throws SQLException {
        statement.setBytes(next++, value);
        return this;
    }

    /** Two parameters: seconds and nanoseconds. */
    public Binder time(Instant value) throws SQLException {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    public Binder nulls(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            statement.setNull(next++, Types.NULL);
        }
        return this;
    }

    public PreparedStatement bound() {
        return statement;
    }

    public int run() throws SQLException {
        return statement.executeUpdate();
    }
}
