package io.keepwatch.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.event.Reading;
import io.keepwatch.unit.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What smartctl says of one disk. Its exit code is a set of bits; only some of them mean that it could not read. */
final class SmartReport {
    private static final int COMMAND_LINE = 1;
    private static final int NOT_OPENED = 2;
    private static final int FAILING = 8;
    /** Some vendors count something else under these numbers, so the name of smartctl's database must mean them too. */
    private static final Map<Integer, Sectors> SECTORS = Map.of(
            5, new Sectors("smart.reallocated_sectors", "Realloc|Retired|Bad_Bl"),
            197, new Sectors("smart.pending_sectors", "Pending"),
            198, new Sectors("smart.offline_uncorrectable_sectors", "Uncorrectabl|UNC_Sect"));
    /** Some vendors put more numbers behind the first: {@code 35 (Min/Max 21/50)}. */
    private static final Pattern FIRST_NUMBER = Pattern.compile("^\\s*(\\d+)\\b.*");

    private final String name;
    private final int exitCode;
    private final JsonNode root;
    private final Map<String, String> labels;
    private final List<Reading> readings = new ArrayList<>();

    /** @param name what tells the disk from all others of this host */
    SmartReport(String name, int exitCode, JsonNode root) {
        this.name = name;
        this.exitCode = exitCode;
        this.root = root;
        this.labels = labels(root);
    }

    private static Map<String, String> labels(JsonNode root) {
        Map<String, String> labels = new TreeMap<>();
        String model =
                root.path("model_name").asText(root.path("scsi_model_name").asText());
        Map.of(
                        "model", model,
                        "serial", root.path("serial_number").asText(),
                        "protocol", root.path("device").path("protocol").asText())
                .forEach((label, text) -> {
                    if (!text.isBlank()) {
                        labels.put(label, DisplayText.of(text));
                    }
                });
        return labels;
    }

    List<Reading> readings() {
        if (isAsleep()) {
            add("smart.asleep", 1);
            return readings;
        }
        if ((exitCode & (COMMAND_LINE | NOT_OPENED)) != 0) {
            add("smart.unreadable", 1);
            return readings;
        }
        JsonNode passed = root.path("smart_status").path("passed");
        JsonNode available = root.path("smart_support").path("available");
        if (passed.isMissingNode() && !available.asBoolean(false)) {
            // A virtual disk, or one that has no SMART at all.
            return readings;
        }
        add("smart.asleep", 0);
        add("smart.unreadable", 0);
        add("smart.failed", !passed.asBoolean(true) || (exitCode & FAILING) != 0 ? 1 : 0);
        addAta();
        addScsi();
        addNvme(root.path("nvme_smart_health_information_log"));
        number(root.path("temperature").path("current")).ifPresent(value -> add("smart.temperature_celsius", value));
        number(root.path("power_on_time").path("hours")).ifPresent(hours -> add("smart.powered_seconds", hours * 3600));
        return readings;
    }

    private boolean isAsleep() {
        for (JsonNode message : root.path("smartctl").path("messages")) {
            if (message.path("string").asText().matches("Device is in (STANDBY|SLEEP|IDLE).* mode.*")) {
                return true;
            }
        }
        String mode = root.path("power_mode").path("name").asText();
        return (exitCode & NOT_OPENED) != 0 && (mode.startsWith("STANDBY") || mode.startsWith("SLEEP"));
    }

    private void addAta() {
        for (JsonNode attribute : root.path("ata_smart_attributes").path("table")) {
            Sectors sectors = SECTORS.get(attribute.path("id").asInt());
            if (sectors != null && sectors.isMeantBy(attribute.path("name").asText())) {
                Matcher first = FIRST_NUMBER.matcher(
                        attribute.path("raw").path("string").asText());
                add(
                        sectors.reading,
                        first.matches()
                                ? Double.parseDouble(first.group(1))
                                : attribute.path("raw").path("value").asDouble());
            }
        }
    }

    private void addScsi() {
        number(root.path("scsi_grown_defect_list")).ifPresent(count -> add("smart.reallocated_sectors", count));
        number(root.path("scsi_pending_defects").path("count")).ifPresent(count -> add("smart.pending_sectors", count));
        JsonNode log = root.path("scsi_error_counter_log");
        if (!log.isMissingNode()) {
            double errors = 0;
            for (JsonNode kind : log) {
                errors += kind.path("total_uncorrected_errors").asDouble();
            }
            add("smart.uncorrected_errors", errors);
        }
    }

    private void addNvme(JsonNode log) {
        number(log.path("media_errors")).ifPresent(count -> add("smart.media_errors", count));
        number(log.path("critical_warning"))
                .ifPresent(bits -> add("smart.critical_warnings", Integer.bitCount((int) bits)));
        number(log.path("percentage_used")).ifPresent(percent -> add("smart.worn_ratio", percent / 100));
        double spare = log.path("available_spare").asDouble();
        double limit = log.path("available_spare_threshold").asDouble();
        // Disks of virtual machines have no spare and no limit, which is no wear.
        if (spare > 0 || limit > 0) {
            add("smart.spare_ratio", spare / 100);
            add("smart.spare_margin_ratio", (spare - limit) / 100);
        }
    }

    private void add(String reading, double value) {
        readings.add(new Reading(reading, DisplayText.of(name), value, labels));
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }

    /** An attribute that counts sectors, and what its name holds where it does. */
    private static final class Sectors {
        private final String reading;
        private final Pattern names;

        Sectors(String reading, String names) {
            this.reading = reading;
            this.names = Pattern.compile(names);
        }

        boolean isMeantBy(String name) {
            return names.matcher(name).find();
        }
    }
}
