package io.keepwatch.probe.linux;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The sockets of this host that wait for others, asked from {@code ss}. */
public final class Listeners {
    private static final Duration TIME_OUT = Duration.ofSeconds(15);

    private final ToolRunner tools;

    public Listeners(ToolRunner tools) {
        this.tools = tools;
    }

    /** With their processes, for which ss reads the open files of every process. Empty where ss is not installed. */
    public List<Listener> list() throws IOException {
        Optional<ToolOutput> output = tools.run(Tool.SS, TIME_OUT, "-H", "-t", "-u", "-l", "-n", "-p", "-e");
        if (output.isEmpty()) {
            return List.of();
        }
        if (output.get().exitCode() != 0) {
            throw new IOException(
                    "ss could not list the listening sockets: " + output.get().firstError());
        }
        return Listener.parse(output.get().out());
    }
}
