package io.keepwatch.cli;

import io.keepwatch.event.Reading;
import io.keepwatch.event.ReadingText;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeOnce;
import io.keepwatch.probe.Probes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs one probe now and shows what it reads. */
@Command(
        name = "probe",
        header = "Run one probe now and show what it reads.",
        description = "Runs one probe now and shows its readings. A probe of rates reads twice, a second apart. Works"
                + " without a configuration and without the daemon.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch probe disk.usage", "  keepwatch probe raid.state --json | jq '.readings[0].labels'"})
final class ProbeCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Parameters(paramLabel = "NAME", description = "The probe; keepwatch probes lists them.")
    private String name;

    record Result(String probe, List<Reading> readings) {}

    @Override
    public Integer call() throws InterruptedException {
        List<Probe> all = Probes.ofThisHost();
        Probe probe = all.stream()
                .filter(some -> some.info().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "there is no probe \"" + name + "\"; the probes are "
                                + all.stream().map(some -> some.info().name()).collect(Collectors.joining(", "))));
        ProbeOnce.Outcome outcome =
                ProbeOnce.run(List.of(probe)).values().iterator().next();
        if (outcome.problem().isEmpty() || !outcome.readings().isEmpty()) {
            output.print(new Result(name, outcome.readings()), () -> text(probe, outcome.readings()));
        }
        if (outcome.problem().isPresent()) {
            throw new CommandFailure(
                    ExitCode.PROBLEM, name + ": " + outcome.problem().get());
        }
        return ExitCode.OK;
    }

    private static String text(Probe probe, List<Reading> readings) {
        if (readings.isEmpty()) {
            return "nothing to read on this host; it needs " + probe.info().needs() + "\n";
        }
        Table table = new Table("READING", "SUBJECT", ">VALUE", "LABELS");
        for (Reading reading : readings) {
            table.row(
                    reading.name(),
                    reading.subject(),
                    ReadingText.of(reading.name(), reading.value()),
                    reading.labels().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(" ")));
        }
        return table.toString();
    }
}
