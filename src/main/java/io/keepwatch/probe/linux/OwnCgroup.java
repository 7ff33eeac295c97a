package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The memory limit of the container that Keepwatch runs in (cgroup v2), beside which the host's memory means little. */
record OwnCgroup(long limitBytes, long usedBytes) {
    /** Empty where there is no limit, or no cgroup v2. */
    static Optional<OwnCgroup> read(Path proc, Path sys) throws IOException {
        String path = KernelFile.lines(proc.resolve("self/cgroup")).stream()
                .filter(line -> line.startsWith("0::/"))
                .findFirst()
                .map(line -> line.substring("0::/".length()))
                .orElse("");
        Path top = sys.resolve("fs/cgroup");
        Optional<OwnCgroup> tightest = Optional.empty();
        // A limit may stand at any level above; within a container only the part from its own root can be seen.
        for (Path folder = top.resolve(path).normalize();
                folder != null && folder.startsWith(top);
                folder = folder.getParent()) {
            OptionalLong limit = KernelFile.tolerant(folder.resolve("memory.max"));
            OptionalLong used = KernelFile.tolerant(folder.resolve("memory.current"));
            if (limit.isPresent()
                    && used.isPresent()
                    && tightest.map(known -> known.limitBytes > limit.getAsLong())
                            .orElse(true)) {
                tightest = Optional.of(new OwnCgroup(limit.getAsLong(), used.getAsLong()));
            }
        }
        return tightest;
    }
}
