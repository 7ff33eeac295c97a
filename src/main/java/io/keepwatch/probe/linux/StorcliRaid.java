package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolJson;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.RaidArray.Degradation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Virtual drives of Broadcom MegaRAID controllers, and of Dell's PERC with the same tool under another name. */
final class StorcliRaid implements RaidSource {
    private final ToolRunner tools;
    private final Tool tool;

    StorcliRaid(ToolRunner tools, Tool tool) {
        this.tools = tools;
        this.tool = tool;
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        if (tools.find(tool).isEmpty()) {
            return List.of();
        }
        Optional<ToolOutput> output = tools.run(tool, Duration.ofSeconds(25), "/call", "show", "all", "J", "nolog");
        List<RaidArray> arrays = new ArrayList<>();
        if (output.isPresent()) {
            for (JsonNode controller : ToolJson.parse(tool, output.get()).path("Controllers")) {
                JsonNode data = controller.path("Response Data");
                int number =
                        controller.path("Command Status").path("Controller").asInt();
                for (JsonNode drive : data.path("VD LIST")) {
                    arrays.add(array(number, drive, data.path("PD LIST")));
                }
            }
        }
        return arrays;
    }

    private RaidArray array(int controller, JsonNode drive, JsonNode disks) {
        // "DG/VD" is the drive group and the number of the virtual drive; members name their group.
        String[] place = drive.path("DG/VD").asText("?/?").split("/", -1);
        int members = 0;
        int failed = 0;
        int rebuilding = 0;
        int spares = 0;
        for (JsonNode disk : disks) {
            String group = disk.path("DG").asText();
            String state = disk.path("State").asText();
            if (state.equals("GHS") || (state.equals("DHS") && group.equals(place[0]))) {
                spares++;
            } else if (group.equals(place[0])) {
                members++;
                failed += state.equals("Offln") || state.equals("Failed") || state.equals("Msng") ? 1 : 0;
                rebuilding += state.equals("Rbld") ? 1 : 0;
            }
        }
        String state = drive.path("State").asText();
        Degradation degradation = switch (state) {
            case "OfLn" -> Degradation.FAILED;
            case "Dgrd", "Pdgd" -> Degradation.DEGRADED;
            default -> Degradation.NONE;
        };
        String word = switch (degradation) {
            case NONE -> "healthy";
            case DEGRADED -> rebuilding > 0 ? "recovering" : "degraded";
            case FAILED -> "failed";
        };
        return new RaidArray(
                "c" + controller + "/v" + place[place.length - 1],
                tool.program(),
                drive.path("TYPE").asText("unknown").toLowerCase(java.util.Locale.ROOT),
                word,
                degradation,
                members,
                failed + rebuilding,
                failed,
                spares,
                OptionalDouble.empty(),
                OptionalLong.empty());
    }
}
