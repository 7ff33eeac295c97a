package io.keepwatch.probe.portable;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Rates;
import io.keepwatch.unit.DisplayText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;

/** Processors, run queue and disks. */
final class Activity {
    static final Set<String> KINDS = Set.of(
            "cpu.user_ratio",
            "cpu.system_ratio",
            "cpu.iowait_ratio",
            "cpu.steal_ratio",
            "cpu.idle_ratio",
            "load.1m",
            "load.5m",
            "load.15m",
            "io.read_bytes_per_second",
            "io.written_bytes_per_second",
            "io.busy_ratio");
    private static final List<String> LOADS = List.of("load.1m", "load.5m", "load.15m");

    private final HardwareAbstractionLayer hardware;
    private final Rates rates;

    Activity(HardwareAbstractionLayer hardware, LongSupplier nanos) {
        this.hardware = hardware;
        this.rates = new Rates(nanos);
    }

    List<Reading> read() {
        rates.begin();
        List<Reading> readings = new ArrayList<>();
        CentralProcessor processor = hardware.getProcessor();
        readProcessors(processor.getSystemCpuLoadTicks(), readings);
        double[] loads = processor.getSystemLoadAverage(LOADS.size());
        for (int i = 0; i < loads.length; i++) {
            if (loads[i] >= 0) {
                readings.add(Reading.of(LOADS.get(i), "", loads[i]));
            }
        }
        hardware.getDiskStores().forEach(disk -> readDisk(disk, readings));
        return readings;
    }

    private void readProcessors(long[] ticks, List<Reading> readings) {
        Map<TickType, Double> growth = new EnumMap<>(TickType.class);
        boolean known = true;
        for (TickType type : TickType.values()) {
            OptionalDouble grown = rates.growth("cpu " + type, (double) ticks[type.getIndex()]);
            known &= grown.isPresent() || type == TickType.IDLE || type == TickType.IOWAIT;
            growth.put(type, grown.orElse(0));
        }
        double total = growth.values().stream().mapToDouble(Double::doubleValue).sum();
        if (known && total > 0) {
            readings.add(share("cpu.user_ratio", growth, total, TickType.USER, TickType.NICE));
            readings.add(share("cpu.system_ratio", growth, total, TickType.SYSTEM, TickType.IRQ, TickType.SOFTIRQ));
            readings.add(share("cpu.iowait_ratio", growth, total, TickType.IOWAIT));
            readings.add(share("cpu.steal_ratio", growth, total, TickType.STEAL));
            readings.add(share("cpu.idle_ratio", growth, total, TickType.IDLE));
        }
    }

    private static Reading share(String name, Map<TickType, Double> growth, double total, TickType... types) {
        double sum = 0;
        for (TickType type : types) {
            sum += growth.getOrDefault(type, 0.0);
        }
        return Reading.of(name, "", sum / total);
    }

    private void readDisk(HWDiskStore disk, List<Reading> readings) {
        String name = DisplayText.of(disk.getName().replaceFirst("^/dev/", ""));
        rates.perSecond("read " + name, (double) disk.getReadBytes())
                .ifPresent(rate -> readings.add(Reading.of("io.read_bytes_per_second", name, rate)));
        rates.perSecond("written " + name, (double) disk.getWriteBytes())
                .ifPresent(rate -> readings.add(Reading.of("io.written_bytes_per_second", name, rate)));
        rates.perSecond("busy " + name, disk.getTransferTime() / 1000.0)
                .ifPresent(rate -> readings.add(Reading.of("io.busy_ratio", name, Math.min(1, rate))));
    }
}
