package io.keepwatch.cli;

import io.keepwatch.probe.ToolRunner;
import io.keepwatch.probe.linux.RouteLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which way a packet would leave this host. */
@Command(
        name = "route",
        header = "Show which way a packet to an address leaves this host.",
        description =
                "Asks the kernel for the interface, the gateway, the source address, the routing table and the rule"
                        + " that leads to it, where a host has several tables.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch route 192.0.2.7", "  keepwatch route 2001:db8::7 --from 2001:db8:1::2 --json"})
final class RouteCommand implements Callable<Integer> {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    @Mixin
    private Output output;

    @Parameters(paramLabel = "ADDRESS", description = "The destination, as an IP address.")
    private String destination;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "The source address. Default: the kernel chooses.")
    private Optional<String> source = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Optional<InetAddress> from = source.isPresent() ? Optional.of(address(source.get())) : Optional.empty();
        RouteLookup.Way way = new RouteLookup(ToolRunner.ofThisHost()).find(address(destination), from);
        output.print(way, () -> text(way));
        return ExitCode.OK;
    }

    private static InetAddress address(String text) {
        try {
            // A name would be asked from the DNS; this command is often run because that does not work.
            if (ADDRESS.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            throw notAnAddress(text);
        }
        throw notAnAddress(text);
    }

    private static CommandFailure notAnAddress(String text) {
        return new CommandFailure(
                ExitCode.USAGE, "\"" + text + "\" is not an IP address; write 192.0.2.7 or 2001:db8::7");
    }

    private static String text(RouteLookup.Way way) {
        return "to         " + way.destination() + "\n"
                + "interface  " + way.device() + "\n"
                + "gateway    " + way.gateway().orElse("none: on the interface's own network") + "\n"
                + "source     " + way.source() + "\n"
                + "table      " + way.table() + "\n"
                + "rule       " + way.rule().orElse("-") + "\n";
    }
}
