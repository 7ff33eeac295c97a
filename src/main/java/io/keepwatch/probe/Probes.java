package io.keepwatch.probe;

import io.keepwatch.probe.linux.DiskUsageProbe;
import io.keepwatch.probe.linux.HardwareSensorProbe;
import io.keepwatch.probe.linux.HostActivityProbe;
import io.keepwatch.probe.linux.InodeUsageProbe;
import io.keepwatch.probe.linux.KsmProbe;
import io.keepwatch.probe.linux.LvmPoolProbe;
import io.keepwatch.probe.linux.LvmSnapshotProbe;
import io.keepwatch.probe.linux.MemoryUsageProbe;
import io.keepwatch.probe.linux.NetworkListenerProbe;
import io.keepwatch.probe.linux.NetworkPeerProbe;
import io.keepwatch.probe.linux.NetworkTrafficProbe;
import io.keepwatch.probe.linux.PageSize;
import io.keepwatch.probe.linux.RaidStateProbe;
import io.keepwatch.probe.linux.ServiceBootProbe;
import io.keepwatch.probe.linux.ServiceFailedProbe;
import io.keepwatch.probe.linux.SwapActivityProbe;
import io.keepwatch.probe.linux.SwapUsageProbe;
import io.keepwatch.probe.portable.PortableProbes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Every probe there is. A new one is one file and one line here. */
public final class Probes {
    /** These ask programs that there are on other systems too: smartctl, and zpool beside the arrays of Linux. */
    private static final Set<String> ONLY_TOOLS = Set.of("smart.attributes", "raid.state");

    private Probes() {}

    /** The probes of the machine this runs on; the names are the same on every system. */
    public static List<Probe> ofThisHost() {
        List<Probe> linux = linux(Path.of("/"), ToolRunner.ofThisHost(), System::nanoTime);
        return System.getProperty("os.name").startsWith("Linux") ? linux : portable(linux, System::nanoTime);
    }

    /** What macOS and FreeBSD have of the probes of Linux. */
    static List<Probe> portable(List<Probe> linux, LongSupplier nanos) {
        return PortableProbes.like(linux, ONLY_TOOLS, nanos);
    }

    /**
     * The probes of Linux.
     *
     * @param root {@code /} of the host, or a folder that stands in for it
     * @param nanos a clock that never goes back
     */
    public static List<Probe> linux(Path root, ToolRunner tools, LongSupplier nanos) {
        Path proc = root.resolve("proc");
        Path sys = root.resolve("sys");
        long pageBytes = PageSize.read(proc);
        return List.of(
                new DiskUsageProbe(proc),
                new InodeUsageProbe(proc),
                new MemoryUsageProbe(proc, sys),
                new SwapUsageProbe(proc),
                new SwapActivityProbe(proc, pageBytes, nanos),
                new KsmProbe(sys, pageBytes),
                new HostActivityProbe(proc, sys, nanos),
                new NetworkTrafficProbe(proc, sys, nanos),
                new NetworkListenerProbe(proc, tools),
                new NetworkPeerProbe(tools),
                new RaidStateProbe(proc, sys, tools),
                new SmartProbe(root.resolve("dev"), tools),
                new HardwareSensorProbe(sys, root.resolve("dev"), tools),
                new ServiceFailedProbe(root.resolve("run"), tools),
                new ServiceBootProbe(root),
                new LvmSnapshotProbe(sys, tools),
                new LvmPoolProbe(sys, tools));
    }
}
