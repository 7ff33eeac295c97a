package io.keepwatch.probe.linux;

import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolOutput;
import io.keepwatch.probe.ToolRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Logical devices of Adaptec and Microchip controllers. Their tool has no JSON in most releases, so its text is read. */
final class ArcconfRaid implements RaidSource {
    private static final Duration TIME_OUT = Duration.ofSeconds(12);

    private final ToolRunner tools;

    ArcconfRaid(ToolRunner tools) {
        this.tools = tools;
    }

    @Override
    public String kind() {
        return "arcconf";
    }

    @Override
    public List<RaidArray> arrays() throws IOException {
        if (tools.find(Tool.ARCCONF).isEmpty()) {
            return List.of();
        }
        List<RaidArray> arrays = new ArrayList<>();
        // The first answer says how many controllers there are.
        int controllers = 1;
        for (int number = 1; number <= controllers; number++) {
            Optional<ToolOutput> answer = ask("getconfig", number, "al");
            if (answer.isEmpty()) {
                return List.of();
            }
            ToolOutput config = answer.get();
            controllers = ArcconfReport.controllers(config.out())
                    .orElseThrow(() ->
                            new IOException("arcconf getconfig should say how many controllers there are but says \""
                                    + config.firstError() + "\""));
            ArcconfReport report = ArcconfReport.parse(number, config.out());
            arrays.addAll(report.arrays(
                    report.isBusy()
                            ? ask("getstatus", number).map(ToolOutput::out).orElse("")
                            : ""));
        }
        return arrays;
    }

    private Optional<ToolOutput> ask(String question, int controller, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(question, Integer.toString(controller)));
        arguments.addAll(List.of(more));
        return tools.ask(Tool.ARCCONF, TIME_OUT, arguments.toArray(String[]::new));
    }
}
