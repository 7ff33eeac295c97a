package io.keepwatch.probe.portable;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Rates;
import io.keepwatch.unit.DisplayText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.NetworkIF.IfOperStatus;

/** What each interface carries, loses and could carry. */
final class Traffic {
    static final Set<String> KINDS = Set.of(
            "network.received_bytes_per_second",
            "network.sent_bytes_per_second",
            "network.errors",
            "network.drops",
            "network.link_up",
            "network.speed_bits_per_second",
            "network.busy_ratio");

    private final HardwareAbstractionLayer hardware;
    private final Rates rates;

    Traffic(HardwareAbstractionLayer hardware, LongSupplier nanos) {
        this.hardware = hardware;
        this.rates = new Rates(nanos);
    }

    List<Reading> read() {
        rates.begin();
        List<Reading> readings = new ArrayList<>();
        hardware.getNetworkIFs(true).forEach(one -> readInterface(one, readings));
        return readings;
    }

    private void readInterface(NetworkIF one, List<Reading> readings) {
        String name = DisplayText.of(one.getName());
        OptionalDouble in = rates.perSecond("in " + name, (double) one.getBytesRecv());
        OptionalDouble out = rates.perSecond("out " + name, (double) one.getBytesSent());
        in.ifPresent(rate -> readings.add(Reading.of("network.received_bytes_per_second", name, rate)));
        out.ifPresent(rate -> readings.add(Reading.of("network.sent_bytes_per_second", name, rate)));
        readings.add(Reading.of("network.errors", name, (double) (one.getInErrors() + one.getOutErrors())));
        readings.add(Reading.of("network.drops", name, (double) one.getInDrops()));
        boolean told = one.getIfOperStatus() == IfOperStatus.UP || one.getIfOperStatus() == IfOperStatus.DOWN;
        if (told) {
            readings.add(Reading.of("network.link_up", name, one.getIfOperStatus() == IfOperStatus.UP ? 1 : 0));
        }
        // OSHI says 2^63 - 1 or so where the speed is not known.
        if (one.getSpeed() > 0 && one.getSpeed() < 1L << 50) {
            readings.add(Reading.of("network.speed_bits_per_second", name, (double) one.getSpeed()));
            if (in.isPresent() && out.isPresent()) {
                double busier = Math.max(in.getAsDouble(), out.getAsDouble()) * 8;
                readings.add(Reading.of("network.busy_ratio", name, Math.min(1, busier / one.getSpeed())));
            }
        }
    }
}
