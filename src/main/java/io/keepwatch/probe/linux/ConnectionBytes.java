package io.keepwatch.probe.linux;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each TCP connection has carried so far, by the counters of the kernel, and who holds it. */
public final class ConnectionBytes {
    private static final Pattern PROCESS = Pattern.compile("users:\\(\\(\"([^\"]*)\",pid=(\\d+)");
    private static final Pattern SENT = Pattern.compile("\\bbytes_sent:(\\d+)");
    private static final Pattern RECEIVED = Pattern.compile("\\bbytes_received:(\\d+)");

    private final ToolRunner tools;

    public ConnectionBytes(ToolRunner tools) {
        this.tools = tools;
    }

    /** A process that has a connection. */
    public record Owner(String name, long pid) {}

    /** Bytes in both directions. */
    public record Bytes(long sent, long received) {
        Bytes plus(Bytes other) {
            return new Bytes(sent + other.sent, received + other.received);
        }

        Bytes minus(Bytes other) {
            return new Bytes(Math.max(0, sent - other.sent), Math.max(0, received - other.received));
        }
    }

    /** One look at all connections, by their two ends. */
    public record Snapshot(Map<String, Owner> owners, Map<String, Bytes> bytes) {
        public Snapshot {
            owners = Map.copyOf(owners);
            bytes = Map.copyOf(bytes);
        }

        /** What each process moved since an earlier look; connections that ended in between are not seen. */
        public Map<Owner, Bytes> since(Snapshot before) {
            Map<Owner, Bytes> byProcess = new HashMap<>();
            bytes.forEach((connection, now) -> {
                Owner owner = owners.get(connection);
                if (owner != null) {
                    Bytes moved = now.minus(before.bytes.getOrDefault(connection, new Bytes(0, 0)));
                    byProcess.merge(owner, moved, Bytes::plus);
                }
            });
            return byProcess;
        }
    }

    /** Nothing where ss is not installed. */
    public Snapshot read() throws IOException {
        Optional<ToolOutput> output = tools.run(Tool.SS, Duration.ofSeconds(15), "-H", "-O", "-t", "-n", "-p", "-i");
        if (output.isPresent() && output.get().exitCode() != 0) {
            throw new IOException(
                    "ss could not list the connections: " + output.get().firstError());
        }
        return parse(output.map(ToolOutput::out).orElse(""));
    }

    static Snapshot parse(String text) {
        Map<String, Owner> owners = new LinkedHashMap<>();
        Map<String, Bytes> bytes = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            // state, two queues, local and remote address, then the rest
            String[] words = line.strip().split("\\s+", 6);
            if (words.length == 6) {
                String connection = words[3] + " " + words[4];
                Matcher process = PROCESS.matcher(words[5]);
                if (process.find()) {
                    owners.put(
                            connection, new Owner(DisplayText.of(process.group(1)), Long.parseLong(process.group(2))));
                }
                bytes.put(connection, new Bytes(number(SENT, words[5]), number(RECEIVED, words[5])));
            }
        }
        return new Snapshot(owners, bytes);
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
