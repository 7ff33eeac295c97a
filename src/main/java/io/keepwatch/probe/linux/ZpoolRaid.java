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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Pools of ZFS: {@code zpool status -j} where it has JSON (2.3), else the health that {@code zpool list} tells. */
final class ZpoolRaid implements RaidSource {
    private static final Duration TIME_OUT = Duration.ofSeconds(25);
    private static final Set<String> LOST = Set.of("FAULTED", "UNAVAIL", "SUSPENDED", "REMOVED");

    /** A host that has the programs and does not use them. */
    private static final Pattern NO_MODULE = Pattern.compile(
            "ZFS modules (are not loaded|cannot be auto-loaded)|/dev/zfs and /proc/self/mounts are required");

    private final ToolRunner tools;

    ZpoolRaid(ToolRunner tools) {
        this.tools = tools;
    }

    @Override
    public String kind() {
        return "zfs";
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
        Optional<ToolOutput> answer = tools.ask(Tool.ZPOOL, TIME_OUT, "list", "-H", "-o", "name,health");
        return answer.isPresent() ? list(answer.get()) : List.of();
    }

    private static List<RaidArray> list(ToolOutput list) throws IOException {
        if (NO_MODULE.matcher(list.out() + list.err()).find()) {
            return List.of();
        }
        if (list.exitCode() != 0) {
            throw new IOException("zpool list could not tell the health of the pools: " + list.firstError());
        }
        List<RaidArray> arrays = new ArrayList<>();
        for (String line : list.out().lines().toList()) {
            String[] words = line.split("\t", -1);
            if (words.length == 2) {
                arrays.add(array(words[0], words[1]));
            }
        }
        return arrays;
    }

    private static List<RaidArray> pools(JsonNode root) {
        List<RaidArray> arrays = new ArrayList<>();
        for (JsonNode pool : root.path("pools")) {
            arrays.add(array(pool));
        }
        return arrays;
    }

    private static RaidArray array(JsonNode pool) {
        ZpoolDisks disks = ZpoolDisks.of(pool);
        JsonNode scan = pool.path("scan_stats");
        // A block is done when its input has been issued; what is examined is ahead of that.
        double toDo = scan.path("to_examine").asDouble() - scan.path("skipped").asDouble();
        boolean runs = scan.path("state").asText().equals("SCANNING") && toDo > 0;
        boolean fills = runs && scan.path("function").asText().equals("RESILVER");
        Degradation health = degradation(pool.path("state").asText());
        boolean errs = health == Degradation.NONE && disks.erring() > 0;
        String word = switch (health) {
            case NONE -> errs ? "errors" : fills ? "resyncing" : runs ? "checking" : "healthy";
            case DEGRADED -> fills ? "recovering" : "degraded";
            case FAILED -> "failed";
        };
        return new RaidArray(
                DisplayText.of(pool.path("name").asText()),
                "zfs",
                "zfs",
                word,
                errs ? Degradation.DEGRADED : health,
                disks.members(),
                disks.missing(),
                errs ? disks.erring() : disks.missing(),
                disks.spares(),
                runs ? OptionalDouble.of(Math.min(1, scan.path("issued").asDouble() / toDo)) : OptionalDouble.empty(),
                OptionalLong.empty());
    }

    private static RaidArray array(String name, String health) {
        Degradation degradation = degradation(health);
        String word = switch (degradation) {
            case NONE -> "healthy";
            case DEGRADED -> "degraded";
            case FAILED -> "failed";
        };
        return new RaidArray(
                DisplayText.of(name),
                "zfs",
                "zfs",
                word,
                degradation,
                0,
                0,
                0,
                0,
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    private static Degradation degradation(String health) {
        return LOST.contains(health)
                ? Degradation.FAILED
                : health.equals("ONLINE") ? Degradation.NONE : Degradation.DEGRADED;
    }
}
