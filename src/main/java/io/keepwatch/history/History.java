package io.keepwatch.history;

import io.keepwatch.event.Reading;
import io.keepwatch.sqlite.own.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Writes readings on their time lines. The hour that is under way stays in memory and is saved at every {@link #flush};
 * when it is over it is written once, and older hours become minutes, quarters of an hour and days. One writer a file; one
 * thread at a time. Blocks. A power cut may cost what came after the last flush.
 */
public final class History implements AutoCloseable {
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private final HistoryDatabase database;
    private final RollUp rollUp;
    private final Map<Integer, List<Sample>> hour = new TreeMap<>();
    private long block;

    private History(HistoryDatabase database, long mostBytes, long block) {
        this.database = database;
        this.rollUp = new RollUp(database, mostBytes);
        this.block = block;
    }

    /** Opens or makes {@code history.db} in the state folder. Throws HistoryException where it cannot be used. */
    public static History open(Path stateDirectory, Instant now) {
        return open(stateDirectory, now, MOST_BYTES);
    }

    /** @param mostBytes the size that the file keeps to, by dropping the oldest fine values */
    static History open(Path stateDirectory, Instant now, long mostBytes) {
        Path file = stateDirectory.resolve(HistoryDatabase.FILE_NAME);
        try {
            NativeLibrary.unpackIn(stateDirectory);
            Files.createDirectories(stateDirectory);
            HistoryDatabase database = HistoryDatabase.openWritable(file);
            History history = new History(database, mostBytes, Resolution.RAW.block(now.getEpochSecond()));
            history.takeUp();
            return history;
        } catch (SQLException | IOException e) {
            throw new HistoryException(
                    file + " cannot be opened: " + e.getMessage() + "; check the folder, or move the file away", e);
        }
    }

    /** Continues the hour that another writer had begun; an older one is finished. */
    private void takeUp() throws SQLException {
        long current = block;
        database.transaction(() -> rollUp.begin(Resolution.RAW.blockStart(current)));
        for (Map.Entry<Long, byte[]> chunk : database.chunks(HistoryDatabase.OPEN, Long.MIN_VALUE, Long.MAX_VALUE)
                .entrySet()) {
            block = HistoryDatabase.block(chunk.getKey());
            hour.computeIfAbsent(HistoryDatabase.series(chunk.getKey()), none -> new ArrayList<>())
                    .addAll(ChunkCodec.decode(Resolution.RAW.blockStart(block), chunk.getValue()));
        }
        if (block != current) {
            finish(current);
        }
    }

    /** Adds readings that were all made at one time. Readings of an hour that is over already are left out. */
    public void record(Instant at, List<Reading> readings) {
        long second = at.getEpochSecond();
        long now = Resolution.RAW.block(second);
        try {
            if (now > block) {
                finish(now);
            }
            if (now == block) {
                for (Reading reading : readings) {
                    OptionalInt series = database.idFor(new Series(reading.name(), reading.subject()));
                    series.ifPresent(id -> add(id, Sample.of(second, reading.value())));
                }
            }
        } catch (SQLException e) {
            throw problem("record readings", e);
        }
    }

    private void add(int series, Sample sample) {
        List<Sample> samples = hour.computeIfAbsent(series, none -> new ArrayList<>());
        // Two readings within one second, or a clock that was set back: the time line only goes on.
        if (samples.isEmpty() || samples.get(samples.size() - 1).second() < sample.second()) {
            samples.add(sample);
        }
    }

    /** Saves the hour that is under way. */
    public void flush() {
        try {
            database.transaction(() -> writeHour(HistoryDatabase.OPEN));
        } catch (SQLException e) {
            throw problem("save the last readings", e);
        }
    }

    /**
     * Puts samples of the past, such as those of another program, on a time line. What is there already stays. The hour that
     * is under way is left out.
     */
    public void addPast(Series series, List<Sample> samples) {
        long over = Resolution.RAW.blockStart(block);
        List<Sample> past =
                samples.stream().filter(sample -> sample.second() < over).toList();
        try {
            database.transaction(() -> {
                OptionalInt id = database.idFor(series);
                for (Resolution resolution : id.isPresent() ? Resolution.values() : new Resolution[0]) {
                    long from = over - resolution.keptSeconds();
                    List<Sample> kept = past.stream()
                            .filter(sample -> sample.second() >= from)
                            .toList();
                    boolean raw = resolution == Resolution.RAW;
                    // What is not made yet will be made from the finer values.
                    long until = raw ? over : database.progress(resolution).orElse(over);
                    rollUp.merge(
                            resolution,
                            id.getAsInt(),
                            (raw ? kept : Steps.aggregate(kept, resolution.stepSeconds()))
                                    .stream()
                                            .filter(sample -> sample.second() < until)
                                            .toList());
                }
            });
        } catch (SQLException e) {
            throw problem("import readings", e);
        }
    }

    private void finish(long nextBlock) throws SQLException {
        database.transaction(() -> {
            writeHour(Resolution.RAW.table());
            database.deleteBelow(HistoryDatabase.OPEN, Long.MAX_VALUE);
            rollUp.run(Resolution.RAW.blockStart(nextBlock));
            database.forgetUnused();
        });
        hour.clear();
        block = nextBlock;
    }

    private void writeHour(String table) throws SQLException {
        long base = Resolution.RAW.blockStart(block);
        for (Map.Entry<Integer, List<Sample>> series : hour.entrySet()) {
            database.put(
                    table, HistoryDatabase.key(block, series.getKey()), ChunkCodec.encode(base, series.getValue()));
        }
    }

    private static HistoryException problem(String what, SQLException e) {
        return new HistoryException("history.db could not " + what + ": " + e.getMessage(), e);
    }

    /** Saves and closes. */
    @Override
    public void close() {
        try (database) {
            flush();
        } catch (SQLException e) {
            throw problem("be closed", e);
        }
    }
}
