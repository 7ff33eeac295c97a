package io.keepwatch.probe.portable;

import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import oshi.SystemInfo;

/** The probes beside Linux. A new one is one line here. */
public final class PortableProbes {
    private PortableProbes() {}

    /**
     * A probe for each that Linux has, in the same order; those that OSHI has nothing for read nothing.
     *
     * @param linux the probes of Linux; those that only ask tools are taken as they are
     * @param anywhere the names of these
     * @param nanos a clock that never goes back
     */
    public static List<Probe> like(List<Probe> linux, Set<String> anywhere, LongSupplier nanos) {
        SystemInfo system = new SystemInfo();
        return linux.stream()
                .map(probe -> anywhere.contains(probe.info().name()) ? probe : portable(probe.info(), system, nanos))
                .toList();
    }

    private static Probe portable(ProbeInfo linux, SystemInfo system, LongSupplier nanos) {
        return switch (linux.name()) {
            case "disk.usage" ->
                PortableProbe.like(linux, FileSystems.SPACE, new FileSystems(system.getOperatingSystem())::space);
            case "inode.usage" ->
                PortableProbe.like(linux, FileSystems.INODES, new FileSystems(system.getOperatingSystem())::inodes);
            case "memory.usage" ->
                PortableProbe.like(linux, Memory.USAGE, new Memory(system.getHardware()::getMemory, nanos)::usage);
            case "swap.usage" ->
                PortableProbe.like(linux, Memory.SWAP, new Memory(system.getHardware()::getMemory, nanos)::swap);
            case "swap.activity" ->
                PortableProbe.like(
                        linux, Memory.SWAPPING, new Memory(system.getHardware()::getMemory, nanos)::swapping);
            case "host.activity" ->
                PortableProbe.like(linux, Activity.KINDS, new Activity(system.getHardware(), nanos)::read);
            case "network.traffic" ->
                PortableProbe.like(linux, Traffic.KINDS, new Traffic(system.getHardware(), nanos)::read);
            default -> PortableProbe.onlyOnLinux(linux);
        };
    }
}
