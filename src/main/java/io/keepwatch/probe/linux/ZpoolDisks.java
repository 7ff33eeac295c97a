package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The disks of one pool in {@code zpool status -j}: leaves below mirrors and raidz groups. Two disks of which one stands in for
 * the other, or is filled to replace it, are one member.
 */
final class ZpoolDisks {
    /** Those that hold data; a cache may go without harm. */
    private static final List<String> CLASSES = List.of("vdevs", "special", "dedup", "logs");

    private static final Pattern PAIR = Pattern.compile("(?:spare|replacing)-\\d+");
    private static final List<String> ERRORS = List.of("read_errors", "write_errors", "checksum_errors");

    private int members;
    private int missing;
    private int erring;
    private int spares;

    private ZpoolDisks() {}

    static ZpoolDisks of(JsonNode pool) {
        ZpoolDisks disks = new ZpoolDisks();
        CLASSES.forEach(group -> pool.path(group).forEach(disks::count));
        for (JsonNode spare : pool.path("spares")) {
            disks.spares += spare.path("state").asText().equals("AVAIL") ? 1 : 0;
        }
        return disks;
    }

    private void count(JsonNode vdev) {
        JsonNode inner = vdev.path("vdevs");
        if (!inner.isEmpty() && !PAIR.matcher(vdev.path("name").asText()).matches()) {
            inner.forEach(this::count);
            return;
        }
        members++;
        missing += isWhole(vdev) ? 0 : 1;
        erring += hasErrors(vdev) ? 1 : 0;
    }

    private static boolean isWhole(JsonNode vdev) {
        return vdev.path("state").asText("ONLINE").equals("ONLINE");
    }

    private static boolean hasErrors(JsonNode vdev) {
        return ERRORS.stream().anyMatch(count -> vdev.path(count).asLong() > 0);
    }

    int members() {
        return members;
    }

    /** Members that do not work or are being filled. */
    int missing() {
        return missing;
    }

    /** Members that work but returned errors since these were cleared. */
    int erring() {
        return erring;
    }

    /** Spares that stand in for nothing. */
    int spares() {
        return spares;
    }
}
