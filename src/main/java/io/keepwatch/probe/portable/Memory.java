package io.keepwatch.probe.portable;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import oshi.hardware.GlobalMemory;
import oshi.hardware.VirtualMemory;

/** Memory and swap. */
final class Memory {
    static final Set<String> USAGE =
            Set.of("memory.total_bytes", "memory.available_bytes", "memory.available_ratio", "memory.used_ratio");
    static final Set<String> SWAP = Set.of("swap.total_bytes", "swap.used_bytes", "swap.used_ratio");
    static final Set<String> SWAPPING = Set.of("swap.in_bytes_per_second", "swap.out_bytes_per_second");

    private final Supplier<GlobalMemory> memory;
    private final Rates rates;

    Memory(Supplier<GlobalMemory> memory, LongSupplier nanos) {
        this.memory = memory;
        this.rates = new Rates(nanos);
    }

    List<Reading> usage() {
        GlobalMemory now = memory.get();
        double total = (double) now.getTotal();
        double available = (double) now.getAvailable();
        if (total <= 0) {
            return List.of();
        }
        return List.of(
                Reading.of("memory.total_bytes", "", total),
                Reading.of("memory.available_bytes", "", available),
                Reading.of("memory.available_ratio", "", available / total),
                Reading.of("memory.used_ratio", "", 1 - available / total));
    }

    List<Reading> swap() {
        VirtualMemory swap = memory.get().getVirtualMemory();
        double total = (double) swap.getSwapTotal();
        if (total <= 0) {
            return List.of();
        }
        return List.of(
                Reading.of("swap.total_bytes", "", total),
                Reading.of("swap.used_bytes", "", (double) swap.getSwapUsed()),
                Reading.of("swap.used_ratio", "", swap.getSwapUsed() / total));
    }

    List<Reading> swapping() {
        rates.begin();
        GlobalMemory now = memory.get();
        VirtualMemory swap = now.getVirtualMemory();
        double page = (double) now.getPageSize();
        List<Reading> readings = new ArrayList<>();
        rates.perSecond("in", swap.getSwapPagesIn() * page)
                .ifPresent(rate -> readings.add(Reading.of("swap.in_bytes_per_second", "", rate)));
        rates.perSecond("out", swap.getSwapPagesOut() * page)
                .ifPresent(rate -> readings.add(Reading.of("swap.out_bytes_per_second", "", rate)));
        return readings;
    }
}
