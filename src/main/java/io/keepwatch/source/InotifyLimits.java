package io.keepwatch.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The kernel's limits on notifications, and the sentence that tells how to raise them. */
final class InotifyLimits {
    private final Path proc;

    /** @param proc {@code /proc}, or a folder that stands in for it */
    InotifyLimits(Path proc) {
        this.proc = proc;
    }

    /** The limit that holds for this process, in watches (one for each directory); empty where it cannot be read. */
    OptionalLong watches() {
        return effective("max_user_watches", "max_inotify_watches").value();
    }

    /** What to do when this many directories found no watch. */
    String watchRemedy(long unwatched) {
        Limit limit = effective("max_user_watches", "max_inotify_watches");
        long present = limit.value().orElse(8192);
        // Others share the limit, and directories come: the next power of two that leaves as many free as are missing.
        return raise(limit, powerOfTwoFrom(present + 2 * unwatched));
    }

    /** What to do when no watcher can be made. Open files are named too: the kernel's answer is the same for both. */
    String instanceRemedy() {
        Limit limit = effective("max_user_instances", "max_inotify_instances");
        return raise(limit, powerOfTwoFrom(2 * limit.value().orElse(128)))
                + "; or raise the limit on open files (LimitNOFILE= of the service)";
    }

    private static String raise(Limit limit, long to) {
        String present = limit.value().isPresent() ? Long.toString(limit.value().getAsLong()) : "unknown";
        return "raise " + limit.name() + " (now " + present + ") to " + to + ": sysctl -w " + limit.name() + "=" + to
                + ", and write \"" + limit.name() + " = " + to + "\" to /etc/sysctl.d/60-keepwatch.conf to keep it";
    }

    /** In a container the limit of its user namespace may be the lower one; the host's own are the same number. */
    private Limit effective(String hostName, String namespaceName) {
        Limit host = new Limit("fs.inotify." + hostName, read("sys/fs/inotify/" + hostName));
        Limit namespace = new Limit("user." + namespaceName, read("sys/user/" + namespaceName));
        boolean namespaceIsLower = namespace.value().isPresent()
                && (host.value().isEmpty()
                        || namespace.value().getAsLong() < host.value().getAsLong());
        return namespaceIsLower ? namespace : host;
    }

    private OptionalLong read(String file) {
        // In one read: a file of /proc/sys gives its value to the first read alone, and readString begins with one
        // byte.
        try (InputStream in = Files.newInputStream(proc.resolve(file))) {
            String text = new String(in.readNBytes(64), StandardCharsets.US_ASCII);
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long powerOfTwoFrom(long value) {
        return Long.highestOneBit(Math.max(1, value - 1)) * 2;
    }

    private record Limit(String name, OptionalLong value) {}
}
