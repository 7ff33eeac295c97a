package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports from the first to the last, both included. */
record PortRange(int first, int last) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})\\s+(\\d{1,5})");

    /** The ports that the kernel gives to sockets which did not ask for one; none where it does not say. */
    static PortRange ofClients(Path proc) throws IOException {
        Matcher matcher = TEXT.matcher(KernelFile.text(proc.resolve("sys/net/ipv4/ip_local_port_range"))
                .orElse(""));
        return matcher.matches()
                ? new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new PortRange(1, 0);
    }

    /** @param port as text; a name or {@code *} is in no range */
    boolean contains(String port) {
        if (!port.matches("\\d{1,5}")) {
            return false;
        }
        int number = Integer.parseInt(port);
        return first <= number && number <= last;
    }
}
