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
import java.util.Set;

/** Virtual drives of Broadcom MegaRAID controllers, and of Dell's PERC with the same tool under another name. */
final class StorcliRaid implements RaidSource {
    /** Spares, and a disk that takes the place of a member once it has been copied. */
    private static final Set<String> NO_MEMBERS = Set.of("GHS", "DHS", "Cpybck");

    private final ToolRunner tools;
    private final Tool tool;

    StorcliRaid(ToolRunner tools, Tool tool) {
        this.tools = tools;
        this.tool = tool;
    }

    @Override
    public String kind() {
        return tool.program();
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        if (tools.find(tool).isEmpty()) {
            return List.of();
        }
        Optional<ToolOutput> output = tools.ask(tool, Duration.ofSeconds(25), "/call", "show", "all", "J", "nolog");
        List<RaidArray> arrays = new ArrayList<>();
        if (output.isPresent()) {
            JsonNode controllers = ToolJson.parse(tool, output.get()).path("Controllers");
            if (controllers.isEmpty()) {
                throw new IOException(
                        tool.program() + " /call show all should list controllers but ended with exit code "
                                + output.get().exitCode() + ": " + output.get().firstError());
            }
            for (JsonNode controller : controllers) {
                JsonNode status = controller.path("Command Status");
                String why = status.path("Description").asText();
                if (status.path("Status").asText().equals("Failure") && !why.contains("No Controller found")) {
                    throw new IOException(tool.program() + " /call show all could not read controller "
                            + status.path("Controller").asText("all") + ": " + why);
                }
                JsonNode data = controller.path("Response Data");
                int number = status.path("Controller").asInt();
                for (JsonNode drive : data.path("VD LIST")) {
                    arrays.add(array(number, drive, data));
                }
            }
        }
        return arrays;
    }

    private RaidArray array(int controller, JsonNode drive, JsonNode data) {
        // "DG/VD" is the drive group and the number of the virtual drive; members name their group.
        String[] place = drive.path("DG/VD").asText("?/?").split("/", -1);
        int members = 0;
        int missing = 0;
        int failed = 0;
        int rebuilding = 0;
        for (JsonNode slot : slots(data, place[0])) {
            String state = slot.path("State").asText();
            members++;
            missing += state.equals("Msng") ? 1 : 0;
            failed += state.equals("Offln") || state.equals("Failed") ? 1 : 0;
            rebuilding += state.equals("Rbld") ? 1 : 0;
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
                missing + failed + rebuilding,
                failed,
                spares(data, place[0]),
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    /** The places of a group. Only the topology still has one whose disk was pulled; old releases list disks alone. */
    private static List<JsonNode> slots(JsonNode data, String group) {
        List<JsonNode> slots = new ArrayList<>();
        JsonNode topology = data.path("TOPOLOGY");
        for (JsonNode row : topology.isEmpty() ? data.path("PD LIST") : topology) {
            boolean isDisk = topology.isEmpty() || row.path("Type").asText().equals("DRIVE");
            if (isDisk
                    && row.path("DG").asText().equals(group)
                    && !NO_MEMBERS.contains(row.path("State").asText())) {
                slots.add(row);
            }
        }
        return slots;
    }

    private static int spares(JsonNode data, String group) {
        int spares = 0;
        for (JsonNode disk : data.path("PD LIST")) {
            String state = disk.path("State").asText();
            boolean isOfGroup = disk.path("DG").asText().equals(group);
            spares += state.equals("GHS") || (state.equals("DHS") && isOfGroup) ? 1 : 0;
        }
        return spares;
    }
}
