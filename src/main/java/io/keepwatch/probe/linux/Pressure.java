package io.keepwatch.probe.linux;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pressure stall information: the share of the last ten seconds in which some or all tasks waited for a resource. */
final class Pressure {
    private Pressure() {}

    /** Nothing where the kernel has none or it is switched off ({@code psi=0}). */
    static List<Reading> read(Path proc, String resource, String prefix) throws IOException {
        Path file = proc.resolve("pressure").resolve(resource);
        List<Reading> readings = new ArrayList<>();
        for (String line : KernelFile.tolerantText(file).orElse("").lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length < 2 || !words[1].startsWith("avg10=")) {
                throw new IOException(file + " has a line of another form: \"" + line + "\"");
            }
            double percent = Double.parseDouble(words[1].substring("avg10=".length()));
            readings.add(Reading.of(prefix + "_" + words[0] + "_ratio", "", percent / 100));
        }
        return readings;
    }
}
