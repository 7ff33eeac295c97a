package io.keepwatch.cli;

import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeInfo;
import io.keepwatch.probe.ProbeOnce;
import io.keepwatch.probe.Probes;
import io.keepwatch.probe.Tool;
import io.keepwatch.probe.ToolRunner;
import io.keepwatch.unit.DurationText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what can be read of this host, and what is missing for the rest. */
@Command(
        name = "probes",
        header = "Show what can be read of this host, and why the rest cannot.",
        description =
                "Runs every probe once and shows which has readings on this host. For the others it says what they"
                        + " need. Works without a configuration and without the daemon.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch probes", "  keepwatch probes --json | jq '.probes[] | select(.state == \"failed\")'"})
final class ProbesCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    record Result(List<Entry> probes, List<MissingTool> missingTools) {}

    record Entry(String name, String state, int readings, long everySeconds, String note) {}

    record MissingTool(String program, String packageName) {}

    @Override
    public Integer call() throws InterruptedException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<Probe, ProbeOnce.Outcome> done :
                ProbeOnce.run(Probes.ofThisHost()).entrySet()) {
            entries.add(entry(done.getKey().info(), done.getValue()));
        }
        ToolRunner tools = ToolRunner.ofThisHost();
        List<MissingTool> missing = Arrays.stream(Tool.values())
                .filter(tool -> tools.find(tool).isEmpty())
                .map(tool -> new MissingTool(tool.program(), tool.packageName()))
                .toList();
        Result result = new Result(entries, missing);
        output.print(result, () -> text(result));
        boolean failed = entries.stream().anyMatch(entry -> entry.state().equals("failed"));
        return failed ? ExitCode.PROBLEM : ExitCode.OK;
    }

    private static Entry entry(ProbeInfo info, ProbeOnce.Outcome outcome) {
        String state =
                outcome.problem().isPresent() ? "failed" : outcome.readings().isEmpty() ? "nothing" : "reads";
        String note = outcome.problem().orElse(state.equals("nothing") ? "needs " + info.needs() : "");
        return new Entry(
                info.name(), state, outcome.readings().size(), info.every().toSeconds(), note);
    }

    private static String text(Result result) {
        Table table = new Table("PROBE", "STATE", ">READINGS", ">EVERY", "NOTE");
        for (Entry entry : result.probes()) {
            table.row(
                    entry.name(),
                    entry.state(),
                    String.valueOf(entry.readings()),
                    DurationText.of(java.time.Duration.ofSeconds(entry.everySeconds())),
                    entry.note());
        }
        StringBuilder text = new StringBuilder(table.toString());
        if (!result.missingTools().isEmpty()) {
            text.append("\nTools that are not installed:\n");
            result.missingTools()
                    .forEach(tool -> text.append("  ")
                            .append(tool.program())
                            .append(": in ")
                            .append(tool.packageName())
                            .append('\n'));
        }
        return text.toString();
    }
}
