package io.keepwatch.cli;

import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.Listener;
import io.keepwatch.probe.linux.Listeners;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what listens on this host. */
@Command(
        name = "listeners",
        header = "List which addresses of this host listen, and whose they are.",
        description =
                "Lists the TCP and UDP addresses that wait for others, with process and user. The processes of other"
                        + " users are seen by root only.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch listeners", "  keepwatch listeners --json | jq '.listeners[] | select(.port == \"22\")'"
        })
final class ListenersCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    record Result(List<Listener> listeners) {}

    @Override
    public Integer call() throws IOException {
        List<Listener> listeners = new Listeners(ToolRunner.ofThisHost()).list();
        output.print(new Result(listeners), () -> text(listeners));
        return ExitCode.OK;
    }

    private static String text(List<Listener> listeners) {
        Table table = new Table("PROTOCOL", "ADDRESS", ">PORT", ">UID", ">PID", "PROCESS");
        for (Listener listener : listeners) {
            table.row(
                    listener.protocol(),
                    listener.address(),
                    listener.port(),
                    String.valueOf(listener.uid()),
                    listener.pid().map(String::valueOf).orElse("-"),
                    listener.process().orElse("-"));
        }
        return table.toString();
    }
}
