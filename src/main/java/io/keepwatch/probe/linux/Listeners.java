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
        return Listener.parse(ask("-H", "-t", "-u", "-l", "-n", "-p", "-e"));
    }

    /** The same without processes, as ss writes it: it differs when a socket is new or gone, for each has its own inode. */
    String sockets() throws IOException {
        return ask("-H", "-t", "-u", "-l", "-n", "-e");
    }

    private String ask(String... arguments) throws IOException {
        Optional<ToolOutput> output = tools.run(Tool.SS, TIME_OUT, arguments);
        if (output.isEmpty()) {
            return "";
        }
        if (output.get().exitCode() != 0) {
            throw new IOException(
                    "ss could not list the listening sockets: " + output.get().firstError());
        }
        return output.get().out();
    }
}
