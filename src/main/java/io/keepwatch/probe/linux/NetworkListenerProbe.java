package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ReadingKind;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which addresses of this host wait for connections, and whose they are. */
public final class NetworkListenerProbe implements Probe {
    private static final ProbeInfo INFO = new ProbeInfo(
            "network.listener",
            Duration.ofSeconds(30),
            "Which addresses wait for connections or packets, with process and user.",
            "ss of iproute2; the processes of others are seen by root only",
            false,
            List.of(new ReadingKind(
                    "network.listener",
                    "protocol, address and port",
                    "1 while something listens; UDP ports of the range for clients (net.ipv4.ip_local_port_range) are"
                            + " left out, and `keepwatch listeners` shows them")));

    /** A socket may be handed to another process, and stays the same. */
    private static final int READS_WITH_THE_SAME_PROCESSES = 10;

    private final Path proc;
    private final ListeningSockets sockets;
    private final Listeners listeners;
    private List<String> seen = List.of();
    private int reads;
    private List<Reading> last = List.of();

    /** @param proc {@code /proc} */
    public NetworkListenerProbe(Path proc, ToolRunner tools) {
        this.proc = proc;
        this.sockets = new ListeningSockets(proc);
        this.listeners = new Listeners(tools);
    }

    @Override
    public ProbeInfo info() {
        return INFO;
    }

    /** ss reads the open files of every process: it is asked again only where the sockets changed, and now and then. */
    @Override
    public List<Reading> read() throws IOException {
        List<String> now = sockets.read();
        if (!now.equals(seen) || now.isEmpty() || reads % READS_WITH_THE_SAME_PROCESSES == 0) {
            last = readings();
            seen = now;
            reads = 0;
        }
        reads++;
        return last;
    }

    private List<Reading> readings() throws IOException {
        Map<String, Reading> bySubject = new LinkedHashMap<>();
        PortRange outgoing = PortRange.ofClients(proc);
        for (Listener listener : listeners.list()) {
            // A program that asks over UDP waits for its answers on such a port: new each time, and no service.
            if (listener.protocol().equals("udp") && outgoing.contains(listener.port())) {
                continue;
            }
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("protocol", listener.protocol());
            labels.put("address", listener.address());
            labels.put("port", listener.port());
            labels.put("uid", String.valueOf(listener.uid()));
            listener.process().ifPresent(process -> labels.put("process", process));
            listener.pid().ifPresent(pid -> labels.put("pid", String.valueOf(pid)));
            bySubject.putIfAbsent(listener.subject(), new Reading("network.listener", listener.subject(), 1, labels));
        }
        return List.copyOf(bySubject.values());
    }
}
