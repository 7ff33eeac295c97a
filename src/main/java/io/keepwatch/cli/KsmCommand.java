package io.keepwatch.cli;

import io.keepwatch.event.Reading;
import io.keepwatch.probe.linux.KsmProbe;
import io.keepwatch.probe.linux.PageSize;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what kernel same-page merging saves. */
@Command(
        name = "ksm",
        header = "Show what kernel same-page merging saves.",
        description =
                "Shows how much memory the kernel saves by merging equal pages (of virtual machines mostly), whether"
                        + " the effort pays, and how to switch it on.",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch ksm", "  keepwatch ksm --json | jq '.\"ksm.saved_bytes\"'"})
final class KsmCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        List<Reading> readings = new KsmProbe(HostRoot.SYS, PageSize.read(HostRoot.PROC)).read();
        Map<String, Double> values = readings.stream().collect(Collectors.toMap(Reading::name, Reading::value));
        output.print(values, () -> text(values));
        return ExitCode.OK;
    }

    static String text(Map<String, Double> values) {
        if (values.isEmpty()) {
            return "this kernel has no same-page merging (CONFIG_KSM)\n";
        }
        boolean runs = values.getOrDefault("ksm.running", 0.0) == 1;
        String state = runs ? "same-page merging is on\n" : """
                        same-page merging is off; switch it on with: echo 1 > /sys/kernel/mm/ksm/run
                        (it looks only at memory that programs offer, as QEMU does for virtual machines)
                        """;
        return state
                + "shared pages   " + size(values, "ksm.shared_bytes") + "\n"
                + "saved          " + size(values, "ksm.saved_bytes") + "\n"
                + "uses of each   " + ratio(values, "ksm.sharing_ratio") + "  (more is better)\n"
                + "looked in vain " + ratio(values, "ksm.wasted_ratio")
                + "  pages for each saved one (less is better)\n";
    }

    private static String size(Map<String, Double> values, String name) {
        return new ByteSize(values.getOrDefault(name, 0.0).longValue()).toString();
    }

    private static String ratio(Map<String, Double> values, String name) {
        return values.containsKey(name) ? String.format(Locale.ROOT, "%.2f", values.get(name)) : "-";
    }
}
