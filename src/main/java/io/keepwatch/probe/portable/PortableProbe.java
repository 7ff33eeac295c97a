package io.keepwatch.probe.portable;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A probe with the name and the readings of its Linux counterpart, or as many of them as there are here. */
record PortableProbe(ProbeInfo info, Reader reader) implements Probe {
    /** Reads what the system tells now. */
    interface Reader {
        List<Reading> read() throws IOException;
    }

    /** @param kinds the readings that there are here */
    static PortableProbe like(ProbeInfo linux, Set<String> kinds, Reader reader) {
        List<ReadingKind> readings = linux.readings().stream()
                .filter(kind -> kinds.contains(kind.name()))
                .toList();
        return new PortableProbe(
                new ProbeInfo(
                        linux.name(),
                        linux.every(),
                        linux.summary(),
                        "a system that OSHI knows",
                        linux.needsTwo(),
                        readings),
                reader);
    }

    /** Stands for a probe that there is on Linux only, so that its name is known and its absence has a reason. */
    static PortableProbe onlyOnLinux(ProbeInfo linux) {
        return new PortableProbe(
                new ProbeInfo(linux.name(), linux.every(), linux.summary(), "Linux", linux.needsTwo(), List.of()),
                List::of);
    }

    @Override
    public List<Reading> read() throws IOException {
        return reader.read();
    }
}
