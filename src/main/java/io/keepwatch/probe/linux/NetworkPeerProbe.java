package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolJson;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many stations of its own network each interface knows, and how many of them gave no answer. */
public final class NetworkPeerProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "network.peer",
            Duration.ofSeconds(60),
            "How many neighbours each interface knows, and how many of them gave no answer.",
            "ip of iproute2",
            false,
            List.of(
                    new ReadingKind("network.peers", "interface", "neighbours with an address of their hardware"),
                    new ReadingKind("network.silent_peers", "interface", "neighbours that gave no answer")));

    private final ToolRunner tools;

    public NetworkPeerProbe(ToolRunner tools) {
        this.tools = tools;
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    @Override
    public List<Reading> read() throws IOException {
        Optional<JsonNode> neighbours = ToolJson.run(tools, Tool.IP, Duration.ofSeconds(15), "-j", "neigh");
        Map<String, int[]> counts = new TreeMap<>();
        if (neighbours.isPresent()) {
            for (JsonNode neighbour : neighbours.get()) {
                int[] count = counts.computeIfAbsent(neighbour.path("dev").asText(), dev -> new int[2]);
                boolean silent = neighbour.path("state").toString().contains("FAILED");
                count[silent ? 1 : 0]++;
            }
        }
        List<Reading> readings = new ArrayList<>();
        counts.forEach((dev, count) -> {
            readings.add(Reading.of("network.peers", dev, count[0]));
            readings.add(Reading.of("network.silent_peers", dev, count[1]));
        });
        return readings;
    }
}
