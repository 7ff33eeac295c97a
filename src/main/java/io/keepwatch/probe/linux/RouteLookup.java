package io.keepwatch.probe.linux;

import com.fasterxml.jackson.databind.JsonNode;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolJson;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which way an outgoing packet takes when there are several routing tables, as the kernel itself decides it. */
public final class RouteLookup {
    private static final Duration TIME_OUT = Duration.ofSeconds(10);

    /** With any other selector, such as a user or a port, nobody can say whether the packet matches. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "priority",
            "not",
            "src",
            "srclen",
            "dst",
            "dstlen",
            "fwmark",
            "fwmask",
            "iif",
            "table",
            "protocol",
            "suppress_prefixlen");

    private final ToolRunner tools;

    public RouteLookup(ToolRunner tools) {
        this.tools = tools;
    }

    /**
     * The way of a packet.
     *
     * @param gateway empty where the destination is on the interface's own network
     * @param rule the first rule that leads to the table, as {@code ip rule} writes it; empty where none can be named
     */
    public record Way(
            String destination,
            String device,
            Optional<String> gateway,
            String source,
            String table,
            Optional<String> rule) {}

    /**
     * Asks for a destination, from a source address where one is given.
     *
     * @throws IOException where no route leads there, or ip cannot answer
     */
    public Way find(InetAddress destination, Optional<InetAddress> source) throws IOException {
        String to = destination.getHostAddress();
        boolean six = destination.getAddress().length == 16;
        List<String> words = new ArrayList<>(List.of("-j", six ? "-6" : "-4", "route", "get", to));
        source.ifPresent(from -> words.addAll(List.of("from", from.getHostAddress())));
        JsonNode route = ip(words).path(0);
        // ip leaves the table out where its kind of route or the usual table says it already.
        boolean own = route.path("type").asText().equals("local");
        String table = route.path("table").asText(own ? "local" : "main");
        String from = source.map(InetAddress::getHostAddress)
                .orElse(route.path("prefsrc").asText());
        return new Way(
                to,
                route.path("dev").asText(),
                route.has("gateway") ? Optional.of(route.path("gateway").asText()) : Optional.empty(),
                from,
                table,
                rule(six, table, destination, source));
    }

    private Optional<String> rule(boolean six, String table, InetAddress to, Optional<InetAddress> from)
            throws IOException {
        for (JsonNode rule : ip(List.of("-j", six ? "-6" : "-4", "rule"))) {
            if (rule.path("table").asText().equals(table)) {
                if (!isUnderstood(rule)) {
                    return Optional.empty();
                }
                if (matches(rule, to, from) != rule.has("not")) {
                    return Optional.of(text(rule, table));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isUnderstood(JsonNode rule) {
        return rule.properties().stream().map(Map.Entry::getKey).allMatch(UNDERSTOOD::contains);
    }

    /** A packet that this host sends by itself has no mark, and to rules it comes in from lo. */
    private static boolean matches(JsonNode rule, InetAddress to, Optional<InetAddress> from) throws IOException {
        Optional<AddressRange> sources = AddressRange.of(rule, "src");
        Optional<AddressRange> destinations = AddressRange.of(rule, "dst");
        return (sources.isEmpty() || from.filter(sources.get()::contains).isPresent())
                && (destinations.isEmpty() || destinations.get().contains(to))
                && rule.path("fwmark").asText("0x0").matches("0(x0+)?")
                && rule.path("iif").asText("lo").equals("lo");
    }

    private static String text(JsonNode rule, String table) {
        return rule.path("priority").asText() + ": " + (rule.has("not") ? "not " : "") + "from " + words(rule, "src")
                + (rule.has("dst") ? " to " + words(rule, "dst") : "")
                + (rule.has("fwmark") ? " fwmark " + rule.path("fwmark").asText() : "")
                + (rule.has("iif") ? " iif " + rule.path("iif").asText() : "")
                + " lookup " + table;
    }

    private static String words(JsonNode rule, String end) {
        String length = rule.path(end + "len").asText();
        return rule.path(end).asText("all") + (length.isEmpty() ? "" : "/" + length);
    }

    private JsonNode ip(List<String> arguments) throws IOException {
        return ToolJson.run(tools, Tool.IP, TIME_OUT, arguments.toArray(String[]::new))
                .orElseThrow(() -> new IOException("ip is not installed: install " + Tool.IP.packageName()
                        + ", which asks the kernel for the route"));
    }
}
