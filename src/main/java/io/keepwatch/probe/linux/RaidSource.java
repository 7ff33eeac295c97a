package io.keepwatch.probe.linux;

import java.io.IOException;
import java.util.List;

/** One kind of RAID. No arrays where the host has none of the kind; throws where it has some but cannot read them. */
interface RaidSource {
    /** The {@code kind} of all its arrays, and of no others. */
    String kind();

    List<RaidArray> arrays() throws IOException;
}
