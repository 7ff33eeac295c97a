package io.keepwatch.probe.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which sockets wait for others, from the kernel's own tables in {@code /proc/net}, without a process to ask. Their addresses
 * stay as the kernel writes them; {@code ss} shows them to people. Format: proc_net_tcp.txt of the kernel's documentation.
 */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final String UNCONNECTED = "07";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final Path net;

    /** @param proc {@code /proc} */
    ListeningSockets(Path proc) {
        this.net = proc.resolve("net");
    }

    /** Each with its inode, so that a new socket at an old address is another one. Empty where the kernel has no such tables. */
    List<String> read() throws IOException {
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            read(table, LISTEN, true, found);
        }
        for (String table : List.of("udp", "udp6")) {
            read(table, UNCONNECTED, false, found);
        }
        return found;
    }

    /** @param first whether those asked for stand before all others, of which there may be many */
    private void read(String table, String state, boolean first, List<String> found) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(net.resolve(table), StandardCharsets.ISO_8859_1)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.strip().split(" +", INODE + 2);
                if (fields.length > INODE && fields[STATE].equals(state)) {
                    found.add(table + " " + fields[LOCAL_ADDRESS] + " " + fields[INODE]);
                } else if (first) {
                    return;
                }
            }
        } catch (NoSuchFileException e) {
            // A kernel without IPv6.
        }
    }
}
