package io.keepwatch.threshold;

/**
 * On a large file system a share says little: 80 % of 10 TB leaves 2 TB. From a size on, what is free must be below a
 * limit too, so the event comes at whichever is later.
 *
 * @param sizeReading where the size of the same subject is read
 * @param freeReading where what is free is read
 */
public record FreeSpaceLimit(
        String sizeReading,
        String freeReading,
        double fromSizeBytes,
        double warningBytes,
        double warningClearBytes,
        double criticalBytes,
        double criticalClearBytes) {
    boolean holds(double sizeBytes, double freeBytes, boolean critical, boolean before) {
        if (sizeBytes < fromSizeBytes) {
            return true;
        }
        double limit =
                critical ? before ? criticalClearBytes : criticalBytes : before ? warningClearBytes : warningBytes;
        return freeBytes < limit;
    }
}
