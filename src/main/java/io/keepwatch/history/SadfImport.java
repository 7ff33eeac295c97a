package io.keepwatch.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what {@code sadf -j} of sysstat prints of the past, as the time lines that the probes would have written. */
public final class SadfImport {
    private static final double PAGE_BYTES = 4096;
    private static final double KIB = 1024;

    private final Path file;
    private final ZoneId zone;
    private final Map<Series, TreeMap<Long, Sample>> lines = new LinkedHashMap<>();

    private SadfImport(Path file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    /**
     * The time lines of a file.
     *
     * @param zone of its times, where they are not in UTC
     */
    public static Map<Series, List<Sample>> read(Path file, ZoneId zone) throws IOException {
        SadfImport reading = new SadfImport(file, zone);
        try (var in = Files.newInputStream(file)) {
            JsonNode root = new ObjectMapper().readTree(in);
            JsonNode hosts = root.path("sysstat").path("hosts");
            if (!hosts.isArray()) {
                throw new IOException(file + " is not what sadf -j prints: it has no sysstat.hosts");
            }
            for (JsonNode host : hosts) {
                for (JsonNode moment : host.path("statistics")) {
                    reading.add(moment);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not JSON: " + e.getOriginalMessage() + "; write it with sadf -j", e);
        }
        Map<Series, List<Sample>> result = new LinkedHashMap<>();
        reading.lines.forEach((series, samples) -> result.put(series, List.copyOf(samples.values())));
        return result;
    }

    private void add(JsonNode moment) throws IOException {
        JsonNode stamp = moment.path("timestamp");
        if (stamp.isMissingNode()) {
            // A restart of the host stands there without values.
            return;
        }
        long second = second(stamp);
        for (JsonNode cpu : moment.path("cpu-load")) {
            if (cpu.path("cpu").asText().equals("all")) {
                // With "-u ALL" programs are told without guests, and the kernel without its interrupts.
                putShare(second, "cpu.user_ratio", cpu, cpu.has("usr") ? "usr" : "user", "nice", "guest", "gnice");
                putShare(second, "cpu.system_ratio", cpu, cpu.has("sys") ? "sys" : "system", "irq", "soft");
                putShare(second, "cpu.iowait_ratio", cpu, "iowait");
                putShare(second, "cpu.steal_ratio", cpu, "steal");
                putShare(second, "cpu.idle_ratio", cpu, "idle");
            }
        }
        addQueue(second, moment.path("queue"));
        addMemory(second, moment.path("memory"));
        JsonNode swap = moment.path("swap-pages");
        put(second, "swap.in_bytes_per_second", "", swap.path("pswpin"), PAGE_BYTES);
        put(second, "swap.out_bytes_per_second", "", swap.path("pswpout"), PAGE_BYTES);
        for (JsonNode disk : moment.path("disk")) {
            String name = disk.path("disk-device").asText();
            put(second, "io.read_bytes_per_second", name, disk.path("rkB"), KIB);
            put(second, "io.written_bytes_per_second", name, disk.path("wkB"), KIB);
            if (disk.has("util-percent")) {
                put(second, "io.busy_ratio", name, Math.min(1, number(disk, "util-percent") / 100));
            }
        }
        for (JsonNode nic : moment.path("network").path("net-dev")) {
            String name = nic.path("iface").asText();
            put(second, "network.received_bytes_per_second", name, nic.path("rxkB"), KIB);
            put(second, "network.sent_bytes_per_second", name, nic.path("txkB"), KIB);
        }
    }

    private void addQueue(long second, JsonNode queue) {
        put(second, "load.1m", "", queue.path("ldavg-1"), 1);
        put(second, "load.5m", "", queue.path("ldavg-5"), 1);
        put(second, "load.15m", "", queue.path("ldavg-15"), 1);
        put(second, "tasks.running", "", queue.path("runq-sz"), 1);
        put(second, "tasks.blocked", "", queue.path("blocked"), 1);
    }

    private void addMemory(long second, JsonNode memory) {
        if (memory.has("avail")) {
            double available = number(memory, "avail") * KIB;
            double total = (number(memory, "memfree") + number(memory, "memused")) * KIB;
            put(second, "memory.available_bytes", "", available);
            if (total > 0) {
                put(second, "memory.available_ratio", "", Math.min(1, available / total));
                put(second, "memory.used_ratio", "", Math.max(0, 1 - available / total));
            }
        }
        if (memory.has("swpused") && number(memory, "swpused") + number(memory, "swpfree") > 0) {
            put(second, "swap.used_bytes", "", number(memory, "swpused") * KIB);
            put(second, "swap.used_ratio", "", number(memory, "swpused-percent") / 100);
        }
    }

    private long second(JsonNode stamp) throws IOException {
        try {
            return LocalDate.parse(stamp.path("date").asText())
                    .atTime(LocalTime.parse(stamp.path("time").asText()))
                    .atZone(stamp.path("utc").asInt() == 1 ? ZoneOffset.UTC : zone)
                    .toEpochSecond();
        } catch (DateTimeException e) {
            throw new IOException(file + " has a time that cannot be read: " + stamp, e);
        }
    }

    /** The sum of percentages; nothing where the first, which all releases print, is not there. */
    private void putShare(long second, String name, JsonNode cpu, String first, String... more) {
        if (cpu.has(first)) {
            double percent = number(cpu, first);
            for (String other : more) {
                percent += number(cpu, other);
            }
            put(second, name, "", percent / 100);
        }
    }

    /** Nothing where sadf was not asked for it: a value that nobody measured must not look like 0. */
    private void put(long second, String name, String subject, JsonNode value, double factor) {
        if (value.isNumber()) {
            put(second, name, subject, value.asDouble() * factor);
        }
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble();
    }

    private void put(long second, String name, String subject, double value) {
        lines.computeIfAbsent(new Series(name, subject), none -> new TreeMap<>())
                .put(second, Sample.of(second, value));
    }
}
