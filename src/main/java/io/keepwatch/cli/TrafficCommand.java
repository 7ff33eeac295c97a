package io.keepwatch.cli;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.ConnectionBytes;
import io.keepwatch.probe.linux.NetworkTrafficProbe;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the network carries now, by interface and by process. */
@Command(
        name = "traffic",
        header = "Show what the network carries now, by interface and process.",
        description = "Watches the counters for a second: those of the interfaces, and those of the TCP connections for"
                + " each process. UDP and connections that end within the second have no process here.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch traffic", "  keepwatch traffic --json | jq '.processes[0]'"})
final class TrafficCommand implements Callable<Integer> {
    private static final long MILLIS = 1000;

    @Mixin
    private Output output;

    record Result(List<Carried> interfaces, List<Moved> processes) {}

    record Carried(String name, long receivedBytesPerSecond, long sentBytesPerSecond, long errors, long drops) {}

    record Moved(String name, long pid, long receivedBytesPerSecond, long sentBytesPerSecond) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        NetworkTrafficProbe probe = new NetworkTrafficProbe(HostRoot.PROC, HostRoot.SYS, System::nanoTime);
        ConnectionBytes connections = new ConnectionBytes(ToolRunner.ofThisHost());
        probe.read();
        ConnectionBytes.Snapshot before = connections.read();
        long start = System.nanoTime();
        Thread.sleep(MILLIS);
        List<Reading> readings = probe.read();
        ConnectionBytes.Snapshot after = connections.read();
        double seconds = (System.nanoTime() - start) / 1e9;
        Result result = new Result(carried(readings), moved(after.since(before), seconds));
        output.print(result, () -> text(result));
        return ExitCode.OK;
    }

    private static List<Carried> carried(List<Reading> readings) {
        Map<String, Map<String, Double>> byName = new TreeMap<>();
        readings.forEach(reading -> byName.computeIfAbsent(reading.subject(), none -> new TreeMap<>())
                .put(reading.name(), reading.value()));
        return byName.entrySet().stream()
                .map(entry -> new Carried(
                        entry.getKey(),
                        value(entry.getValue(), "network.received_bytes_per_second"),
                        value(entry.getValue(), "network.sent_bytes_per_second"),
                        value(entry.getValue(), "network.errors"),
                        value(entry.getValue(), "network.drops")))
                .toList();
    }

    private static long value(Map<String, Double> values, String name) {
        return Math.round(values.getOrDefault(name, 0.0));
    }

    private static List<Moved> moved(Map<ConnectionBytes.Owner, ConnectionBytes.Bytes> bytes, double seconds) {
        return bytes.entrySet().stream()
                .map(entry -> new Moved(
                        entry.getKey().name(),
                        entry.getKey().pid(),
                        Math.round(entry.getValue().received() / seconds),
                        Math.round(entry.getValue().sent() / seconds)))
                .sorted(Comparator.comparingLong(
                                (Moved moved) -> moved.receivedBytesPerSecond() + moved.sentBytesPerSecond())
                        .reversed()
                        .thenComparing(Moved::pid))
                .toList();
    }

    private static String text(Result result) {
        Table interfaces = new Table("INTERFACE", ">RECEIVED/s", ">SENT/s", ">ERRORS", ">DROPS");
        for (Carried line : result.interfaces()) {
            interfaces.row(
                    line.name(),
                    new ByteSize(line.receivedBytesPerSecond()).toString(),
                    new ByteSize(line.sentBytesPerSecond()).toString(),
                    String.valueOf(line.errors()),
                    String.valueOf(line.drops()));
        }
        Table processes = new Table("PROCESS", ">PID", ">RECEIVED/s", ">SENT/s");
        for (Moved line : result.processes()) {
            processes.row(
                    line.name(),
                    String.valueOf(line.pid()),
                    new ByteSize(line.receivedBytesPerSecond()).toString(),
                    new ByteSize(line.sentBytesPerSecond()).toString());
        }
        return interfaces + "\n" + processes;
    }
}
