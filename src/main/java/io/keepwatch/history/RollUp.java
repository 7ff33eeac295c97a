package io.keepwatch.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes coarser chunks from finer ones, each once when its whole block is over, and drops what is too old or too much.
 * Within a transaction of the caller.
 */
final class RollUp {
    private static final Resolution[] ALL = Resolution.values();

    private final HistoryDatabase database;
    private final long mostBytes;

    RollUp(HistoryDatabase database, long mostBytes) {
        this.database = database;
        this.mostBytes = mostBytes;
    }

    /** Sets where a new file begins, so that the first block is made whole although it was begun in the middle. */
    void begin(long over) throws SQLException {
        for (int i = 1; i < ALL.length; i++) {
            if (database.progress(ALL[i]).isEmpty()) {
                Resolution unit = unit(i);
                database.setProgress(ALL[i], unit.blockStart(unit.block(over)));
            }
        }
    }

    /** Days are appended to a chunk of years whenever the finer chunk is over; other chunks are written whole. */
    private static Resolution unit(int index) {
        return ALL[index] == Resolution.DAY ? ALL[index - 1] : ALL[index];
    }

    /** @param over every second before this one is complete in the raw chunks */
    void run(long over) throws SQLException {
        for (int i = 1; i < ALL.length; i++) {
            database.setProgress(ALL[i], rollUp(i, over));
        }
        for (Resolution resolution : ALL) {
            drop(resolution, over - resolution.keptSeconds());
        }
        // Halving what is kept raw, and so on, until it fits: the coarse past is worth more than the fine present.
        for (long share = 2; database.usedBytes() > mostBytes && share <= 64; share *= 2) {
            for (Resolution resolution : ALL) {
                if (database.usedBytes() > mostBytes) {
                    drop(resolution, over - resolution.keptSeconds() / share);
                }
            }
        }
    }

    private void drop(Resolution resolution, long before) throws SQLException {
        database.deleteBelow(resolution.table(), HistoryDatabase.key(resolution.block(before), 0));
    }

    private long rollUp(int index, long over) throws SQLException {
        Resolution unit = unit(index);
        long block = unit.block(database.progress(ALL[index]).orElse(over));
        for (; unit.blockStart(block + 1) <= over; block++) {
            combine(ALL[index - 1], ALL[index], unit.blockStart(block), unit.blockStart(block + 1));
        }
        return unit.blockStart(block);
    }

    private void combine(Resolution fine, Resolution coarse, long from, long to) throws SQLException {
        Map<Long, byte[]> chunks = database.chunks(
                fine.table(), HistoryDatabase.key(fine.block(from), 0), HistoryDatabase.key(fine.block(to - 1) + 1, 0));
        Map<Integer, List<Sample>> bySeries = new TreeMap<>();
        chunks.forEach((key, chunk) -> bySeries.computeIfAbsent(HistoryDatabase.series(key), none -> new ArrayList<>())
                .addAll(ChunkCodec.decode(fine.blockStart(HistoryDatabase.block(key)), chunk)));
        for (Map.Entry<Integer, List<Sample>> entry : bySeries.entrySet()) {
            merge(coarse, entry.getKey(), Steps.aggregate(entry.getValue(), coarse.stepSeconds()));
        }
    }

    /** Puts samples into the chunks they belong to; a step that a chunk has already stays as it is. */
    void merge(Resolution resolution, int series, List<Sample> samples) throws SQLException {
        Map<Long, List<Sample>> byBlock = new TreeMap<>();
        samples.forEach(sample -> byBlock.computeIfAbsent(resolution.block(sample.second()), none -> new ArrayList<>())
                .add(sample));
        for (Map.Entry<Long, List<Sample>> entry : byBlock.entrySet()) {
            long key = HistoryDatabase.key(entry.getKey(), series);
            long base = resolution.blockStart(entry.getKey());
            byte[] known = database.chunk(resolution.table(), key);
            List<Sample> before = known.length == 0 ? List.of() : ChunkCodec.decode(base, known);
            database.put(resolution.table(), key, ChunkCodec.encode(base, Steps.merge(before, entry.getValue())));
        }
    }
}
