package io.keepwatch.daemon;

import io.keepwatch.probe.Probe;
import io.keepwatch.probe.Probes;
import io.keepwatch.probe.linux.DiskMounts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the daemon asks about the machine.
 *
 * @param probes makes all of them anew, since one is never asked by two threads
 */
record Host(Supplier<List<Probe>> probes, DiskMounts mounts) {
    /** The machine this runs on. */
    static Host real() {
        return new Host(Probes::ofThisHost, new DiskMounts(Path.of("/")));
    }
}
