package io.keepwatch.layout.pack;

/**
 * How a pack is written.
 *
 * @param level of zstd, from 1 to 19
 * @param groupBytes small members share a frame until it holds this many bytes before compression
 * @param framesInFlight how many frames wait for compression or for their turn to be written; their contents have 24
 *     MiB together at the most
 * @param framesByOwner whether a frame holds contents of one owner only: where packs are encrypted, a user who can store
 *     files must not learn from the size of a frame whether they resemble another user's
 */
public record PackOptions(int level, int groupBytes, int framesInFlight, boolean framesByOwner) {
    public static final PackOptions DEFAULT = new PackOptions(3, 256 << 10, 4);
    public static final PackOptions ENCRYPTED = new PackOptions(3, 256 << 10, 4, true);

    public PackOptions(int level, int groupBytes, int framesInFlight) {
        this(level, groupBytes, framesInFlight, false);
    }

    /** Throws IllegalArgumentException where a number is out of range. */
    public PackOptions {
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("level " + level + " is not between 1 and 19");
        }
        if (groupBytes < 1 << 10 || groupBytes > 8 << 20) {
            throw new IllegalArgumentException("a group of " + groupBytes + " bytes is not between 1 KiB and 8 MiB");
        }
        if (framesInFlight < 1 || framesInFlight > 64) {
            throw new IllegalArgumentException(framesInFlight + " frames in flight are not between 1 and 64");
        }
    }
}
