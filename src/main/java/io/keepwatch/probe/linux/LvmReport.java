package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolJson;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The logical volumes of LVM as {@code lvs} reports them. */
public final class LvmReport {
    private static final String COLUMNS = "vg_name,lv_name,lv_attr,lv_size,origin,pool_lv,segtype,data_percent,"
            + "metadata_percent,copy_percent,lv_health_status,lv_merging,lv_device_open";

    private final Path sys;
    private final ToolRunner tools;

    public LvmReport(Path sys, ToolRunner tools) {
        this.sys = sys;
        this.tools = tools;
    }

    /**
     * One logical volume.
     *
     * @param used the share of a snapshot or a pool that is full
     * @param metadataUsed the same of a pool's metadata
     * @param copied how far a mirror, a RAID or a merge has come
     */
    public record Volume(
            String group,
            String name,
            String attributes,
            long sizeBytes,
            String origin,
            String pool,
            String type,
            OptionalDouble used,
            OptionalDouble metadataUsed,
            OptionalDouble copied,
            String health,
            boolean merging,
            boolean open) {
        public String fullName() {
            return group + "/" + name;
        }

        /** A copy-on-write snapshot of its own size, not a thin one. */
        public boolean isSnapshot() {
            return !origin.isEmpty() && pool.isEmpty() && "sS".indexOf(kind()) >= 0;
        }

        /** An origin that a snapshot is being merged into. */
        public boolean isMerging() {
            return merging || kind() == 'O';
        }

        public boolean isPool() {
            return kind() == 't' && type.equals("thin-pool");
        }

        boolean isRaid() {
            return type.startsWith("raid") && "rR".indexOf(kind()) >= 0;
        }

        private char kind() {
            return attributes.isEmpty() ? '-' : attributes.charAt(0);
        }
    }

    /** No volumes where the kernel knows none; lvs is not asked then. */
    public List<Volume> read() throws IOException {
        if (!hasVolumes()) {
            return List.of();
        }
        Optional<JsonNode> report = ToolJson.ask(
                tools,
                Tool.LVS,
                Duration.ofSeconds(25),
                "--reportformat",
                "json",
                "--units",
                "b",
                "--nosuffix",
                "-a",
                "-o",
                COLUMNS);
        List<Volume> volumes = new ArrayList<>();
        if (report.isPresent()) {
            for (JsonNode part : report.get().path("report")) {
                part.path("lv").forEach(volume -> volumes.add(volume(volume)));
            }
        }
        return volumes;
    }

    private boolean hasVolumes() throws IOException {
        for (Path device : KernelFile.entries(sys.resolve("block"))) {
            if (KernelFile.tolerantText(device.resolve("dm/uuid")).orElse("").startsWith("LVM-")) {
                return true;
            }
        }
        return false;
    }

    private static Volume volume(JsonNode node) {
        return new Volume(
                text(node, "vg_name"),
                // Hidden volumes stand in brackets.
                text(node, "lv_name").replaceAll("^\\[|\\]$", ""),
                text(node, "lv_attr"),
                node.path("lv_size").asLong(),
                text(node, "origin").replaceAll("^\\[|\\]$", ""),
                text(node, "pool_lv"),
                text(node, "segtype"),
                share(node, "data_percent"),
                share(node, "metadata_percent"),
                share(node, "copy_percent"),
                text(node, "lv_health_status"),
                text(node, "lv_merging").equals("merging"),
                text(node, "lv_device_open").equals("open"));
    }

    private static String text(JsonNode node, String column) {
        return DisplayText.of(node.path(column).asText());
    }

    private static OptionalDouble share(JsonNode node, String column) {
        String text = node.path(column).asText();
        return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text) / 100);
    }
}
