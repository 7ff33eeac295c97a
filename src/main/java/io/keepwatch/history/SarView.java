package io.keepwatch.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Processors, memory, swap, disks and network together on one time line. */
public final class SarView {
    private static final int ROWS = 48;
    private static final long LEAST_STEP_SECONDS = 60;

    static final Pattern VIRTUAL_DISKS = Pattern.compile("(dm-|md|loop|zram|ram)\\d.*");
    /** What goes through them goes through another interface too. The past has nothing but their names. */
    static final Pattern VIRTUAL_INTERFACES = Pattern.compile(
            "lo|(bond|team|br|vmbr|virbr|lxcbr|lxdbr|docker|cni|dummy|ifb|vlan|vxlan|tun|tap|vnet|wg)\\d.*"
                    + "|(br-|veth|vxlan|flannel|cali|cilium|lxc|podman|tailscale).*|.+\\.\\d+");

    private final HistoryReader history;

    public SarView(HistoryReader history) {
        this.history = history;
    }

    /** A step that makes a page of rows: a minute, ten minutes, an hour … */
    public static long stepSeconds(Instant from, Instant to) {
        long wanted = Math.max(1, (to.getEpochSecond() - from.getEpochSecond()) / ROWS);
        for (long step : new long[] {60, 300, 600, 1800, 3600, 6 * 3600}) {
            if (step >= wanted) {
                return step;
            }
        }
        return 86_400;
    }

    /** The rows of a span, one for each step in which anything was read. */
    public List<SarRow> rows(Instant from, Instant to, long stepSeconds) {
        long step = Math.max(LEAST_STEP_SECONDS, stepSeconds);
        Columns columns = new Columns(from, to, step);
        columns.read("user", "cpu.user_ratio");
        columns.read("system", "cpu.system_ratio");
        columns.read("iowait", "cpu.iowait_ratio");
        columns.read("idle", "cpu.idle_ratio");
        columns.read("load", "load.1m");
        columns.read("available", "memory.available_bytes");
        columns.read("used", "memory.used_ratio");
        columns.read("swap", "swap.used_ratio");
        columns.read("swap in", "swap.in_bytes_per_second");
        columns.read("swap out", "swap.out_bytes_per_second");
        // What stands on other disks would count twice.
        Predicate<String> disk = subject -> !VIRTUAL_DISKS.matcher(subject).matches();
        columns.combine("read", "io.read_bytes_per_second", disk, Double::sum);
        columns.combine("written", "io.written_bytes_per_second", disk, Double::sum);
        columns.combine("busy", "io.busy_ratio", disk, Math::max);
        Predicate<String> nic = subject -> !VIRTUAL_INTERFACES.matcher(subject).matches();
        columns.combine("received", "network.received_bytes_per_second", nic, Double::sum);
        columns.combine("sent", "network.sent_bytes_per_second", nic, Double::sum);
        return columns.rows();
    }

    private final class Columns {
        private final Instant from;
        private final Instant to;
        private final long step;
        private final List<Series> all = history.series();
        private final Map<String, Map<Long, Double>> columns = new HashMap<>();

        Columns(Instant from, Instant to, long step) {
            this.from = from;
            this.to = to;
            this.step = step;
        }

        void read(String column, String name) {
            combine(column, name, String::isEmpty, Double::sum);
        }

        void combine(String column, String name, Predicate<String> subjects, DoubleBinaryOperator operator) {
            Map<Long, Double> values = new HashMap<>();
            for (Series series : all) {
                if (series.name().equals(name) && subjects.test(series.subject())) {
                    for (Sample sample : history.read(series, from, to, step)) {
                        values.merge(sample.second(), sample.mean(), operator::applyAsDouble);
                    }
                }
            }
            columns.put(column, values);
        }

        List<SarRow> rows() {
            TreeSet<Long> seconds = new TreeSet<>();
            columns.values().forEach(values -> seconds.addAll(values.keySet()));
            List<SarRow> rows = new ArrayList<>();
            for (long second : seconds) {
                rows.add(new SarRow(
                        Instant.ofEpochSecond(second),
                        at("user", second),
                        at("system", second),
                        at("iowait", second),
                        at("idle", second),
                        at("load", second),
                        at("available", second),
                        at("used", second),
                        at("swap", second),
                        at("swap in", second),
                        at("swap out", second),
                        at("read", second),
                        at("written", second),
                        at("busy", second),
                        at("received", second),
                        at("sent", second)));
            }
            return rows;
        }

        private OptionalDouble at(String column, long second) {
            Double value = columns.getOrDefault(column, Map.of()).get(second);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }
}
