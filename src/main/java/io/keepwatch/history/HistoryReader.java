package io.keepwatch.history;

import io.keepwatch.sqlite.own.NativeLibrary;
import io.keepwatch.sqlite.own.SqlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads time lines beside a daemon that writes them, or without one. What the daemon has read since its last flush, a few
 * minutes ago at most, is not there yet. One thread at a time. Blocks.
 */
public final class HistoryReader implements AutoCloseable {
    private final Path file;
    private final HistoryDatabase database;

    private HistoryReader(Path file, HistoryDatabase database) {
        this.file = file;
        this.database = database;
    }

    /** Whether there is a history in this state folder. */
    public static boolean isThere(Path stateDirectory) {
        return Files.exists(stateDirectory.resolve(HistoryDatabase.FILE_NAME));
    }

    /** Throws HistoryException where there is no history yet, or it cannot be read. */
    public static HistoryReader open(Path stateDirectory) {
        Path file = stateDirectory.resolve(HistoryDatabase.FILE_NAME);
        if (!Files.exists(file)) {
            throw HistoryFile.OWNER.missing(file);
        }
        try {
            NativeLibrary.unpackIn(stateDirectory);
            return new HistoryReader(file, HistoryDatabase.openReadOnly(file));
        } catch (SQLException e) {
            throw SqlProblem.of(HistoryFile.OWNER, file, e);
        } catch (IOException e) {
            throw new HistoryException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Every time line there is, by name and subject. */
    public List<Series> series() {
        try {
            return List.copyOf(database.allSeries().values());
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    /** From when on values are kept as they were read; before they are means of a minute or more. Empty where there are none. */
    public Optional<Instant> rawSince() {
        try {
            OptionalLong raw = database.firstKey(Resolution.RAW.table());
            OptionalLong first = raw.isPresent() ? raw : database.firstKey(HistoryDatabase.OPEN);
            return first.isPresent()
                    ? Optional.of(
                            Instant.ofEpochSecond(Resolution.RAW.blockStart(HistoryDatabase.block(first.getAsLong()))))
                    : Optional.empty();
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    /**
     * The samples of a time line from the first time to before the second, in order.
     *
     * @param stepSeconds what one sample should stand for; where the past is kept more coarsely, it stands for more
     */
    public List<Sample> read(Series series, Instant from, Instant to, long stepSeconds) {
        try {
            OptionalInt id = database.find(series);
            return id.isEmpty()
                    ? List.of()
                    : Steps.aggregate(
                            collect(id.getAsInt(), from.getEpochSecond(), to.getEpochSecond(), stepSeconds),
                            Math.max(1, stepSeconds));
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    /** From coarse to fine: each resolution as far as it has been made, the next finer one from there on. */
    private List<Sample> collect(int series, long from, long to, long stepSeconds) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        long next = from;
        Resolution[] all = Resolution.values();
        for (int i = all.length - 1; i > 0; i--) {
            // A coarse step is taken where none finer is asked for, and where the finer ones are dropped already.
            boolean wanted = all[i].stepSeconds() <= stepSeconds;
            long until = Math.min(to, database.progress(all[i]).orElse(from));
            long end = wanted ? until : Math.min(until, firstSecond(all[i - 1]));
            if (end > next) {
                add(samples, all[i], series, next, end);
                next = end;
            }
        }
        add(samples, Resolution.RAW, series, next, to);
        OptionalLong open = database.firstKey(HistoryDatabase.OPEN);
        if (open.isPresent()) {
            long block = HistoryDatabase.block(open.getAsLong());
            byte[] chunk = database.chunk(HistoryDatabase.OPEN, HistoryDatabase.key(block, series));
            decode(samples, Resolution.RAW, block, chunk, next, to);
        }
        return samples;
    }

    private long firstSecond(Resolution resolution) throws SQLException {
        OptionalLong key = database.firstKey(resolution.table());
        return key.isPresent() ? resolution.blockStart(HistoryDatabase.block(key.getAsLong())) : Long.MAX_VALUE;
    }

    private void add(List<Sample> samples, Resolution resolution, int series, long from, long to) throws SQLException {
        for (long block = resolution.block(from); block <= resolution.block(to - 1); block++) {
            byte[] chunk = database.chunk(resolution.table(), HistoryDatabase.key(block, series));
            decode(samples, resolution, block, chunk, from, to);
        }
    }

    private static void decode(
            List<Sample> samples, Resolution resolution, long block, byte[] chunk, long from, long to) {
        for (Sample sample :
                chunk.length == 0 ? List.<Sample>of() : ChunkCodec.decode(resolution.blockStart(block), chunk)) {
            if (sample.second() >= from && sample.second() < to) {
                samples.add(sample);
            }
        }
    }

    private RuntimeException problem(SQLException e) {
        return SqlProblem.of(HistoryFile.OWNER, file, e);
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw problem(e);
        }
    }
}
