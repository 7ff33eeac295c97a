package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolJson;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.RaidArray.Degradation;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Pools of ZFS: {@code zpool status -j} where it has JSON (2.3), else the health that {@code zpool list} tells. */
final class ZpoolRaid implements RaidSource {
    private static final Duration TIME_OUT = Duration.ofSeconds(25);
    private static final Set<String> LOST = Set.of("FAULTED", "UNAVAIL", "SUSPENDED", "REMOVED");

    private final ToolRunner tools;

    ZpoolRaid(ToolRunner tools) {
        this.tools = tools;
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        if (tools.find(Tool.ZPOOL).isEmpty()) {
            return List.of();
        }
        ToolOutput status =
                tools.run(Tool.ZPOOL, TIME_OUT, "status", "-j", "--json-int").orElseThrow();
        return status.exitCode() == 0 ? pools(ToolJson.parse(Tool.ZPOOL, status)) : list();
    }

    private List<RaidArray> list() throws IOException {
        ToolOutput list = tools.run(Tool.ZPOOL, TIME_OUT, "list", "-H", "-o", "name,health")
                .orElseThrow();
        if (list.exitCode() != 0) {
            throw new IOException("zpool list could not tell the health of the pools: " + list.firstError());
        }
        List<RaidArray> arrays = new ArrayList<>();
        for (String line : list.out().lines().toList()) {
            String[] words = line.split("\t", -1);
            if (words.length == 2) {
                arrays.add(array(words[0], words[1], 0, 0, 0, OptionalDouble.empty()));
            }
        }
        return arrays;
    }

    private static List<RaidArray> pools(JsonNode root) {
        List<RaidArray> arrays = new ArrayList<>();
        for (JsonNode pool : root.path("pools")) {
            int[] counts = new int[2];
            pool.path("vdevs").forEach(vdev -> count(vdev, counts));
            JsonNode scan = pool.path("scan_stats");
            double toDo = scan.path("to_examine").asDouble();
            boolean runs = scan.path("state").asText().equals("SCANNING") && toDo > 0;
            arrays.add(array(
                    pool.path("name").asText(),
                    pool.path("state").asText(),
                    counts[0],
                    counts[1],
                    pool.path("spares").size(),
                    runs
                            ? OptionalDouble.of(
                                    Math.min(1, scan.path("examined").asDouble() / toDo))
                            : OptionalDouble.empty()));
        }
        return arrays;
    }

    /** Leaves are disks; above them stand mirrors and raidz groups. */
    private static void count(JsonNode vdev, int[] counts) {
        if (vdev.path("vdevs").isEmpty()) {
            counts[0]++;
            counts[1] += vdev.path("state").asText("ONLINE").equals("ONLINE") ? 0 : 1;
        } else {
            vdev.path("vdevs").forEach(inner -> count(inner, counts));
        }
    }

    private static RaidArray array(
            String name, String health, int members, int missing, int spares, OptionalDouble progress) {
        Degradation degradation = LOST.contains(health)
                ? Degradation.FAILED
                : health.equals("ONLINE") ? Degradation.NONE : Degradation.DEGRADED;
        String word = Map.of(
                        Degradation.NONE, progress.isPresent() ? "checking" : "healthy",
                        Degradation.DEGRADED, progress.isPresent() ? "recovering" : "degraded",
                        Degradation.FAILED, "failed")
                .get(degradation);
        return new RaidArray(
                DisplayText.of(name),
                "zfs",
                "zfs",
                word == null ? "unknown" : word,
                degradation,
                members,
                missing,
                missing,
                spares,
                progress,
                OptionalLong.empty());
    }
}
