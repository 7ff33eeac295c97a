package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory limit of the container that Keepwatch runs in (cgroup v2), beside which the host's memory means little.
 *
 * @param usedBytes without the cache of files that can go at once
 */
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
                long working = Math.max(0, used.getAsLong() - idleCache(folder));
                tightest = Optional.of(new OwnCgroup(limit.getAsLong(), working));
            }
        }
        return tightest;
    }

    /** Files that were not read for a while: the kernel drops them before the limit hurts anybody. */
    private static long idleCache(Path folder) throws IOException {
        Path file = folder.resolve("memory.stat");
        for (String line : KernelFile.lines(file)) {
            if (line.startsWith("inactive_file ")) {
                return KernelFile.number(file, line.substring("inactive_file ".length()));
            }
        }
        return 0;
    }
}
