package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether {@code swapoff -a} would fit into memory now.
 *
 * @param usedBytes swap in use
 * @param neededBytes of these, what is not in memory already (the swap cache)
 * @param availableBytes what memory can take without swapping
 * @param totalBytes all memory
 */
public record SwapoffCheck(long usedBytes, long neededBytes, long availableBytes, long totalBytes) {
    /** Below this share of all memory, what is left could be gone before swapoff has ended. */
    private static final double COMFORT = 0.10;

    /** How sure the answer is. */
    public enum Verdict {
        NOTHING_TO_DO,
        FITS,
        TIGHT,
        DOES_NOT_FIT
    }

    /** Throws IOException where /proc/meminfo does not tell. */
    public static SwapoffCheck read(Path proc) throws IOException {
        MemInfo memory = MemInfo.read(proc);
        long used = memory.get("SwapTotal") - memory.get("SwapFree");
        long cached = memory.has("SwapCached") ? memory.get("SwapCached") : 0;
        return new SwapoffCheck(used, Math.max(0, used - cached), memory.available(), memory.get("MemTotal"));
    }

    public Verdict verdict() {
        if (usedBytes == 0) {
            return Verdict.NOTHING_TO_DO;
        }
        if (leftBytes() < 0) {
            return Verdict.DOES_NOT_FIT;
        }
        return leftBytes() >= totalBytes * COMFORT ? Verdict.FITS : Verdict.TIGHT;
    }

    /** What memory would have left; negative where it lacks. */
    public long leftBytes() {
        return availableBytes - neededBytes;
    }
}
