package io.keepwatch.probe;

import io.keepwatch.event.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** A folder that stands in for a host. */
public record FolderHost(Path root) {
    public FolderHost write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    public Path proc() {
        return root.resolve("proc");
    }

    public Path sys() {
        return root.resolve("sys");
    }

    /** The value of one reading, or nothing where the probe did not read it. */
    public static OptionalDouble value(List<Reading> readings, String name, String subject) {
        return readings.stream()
                .filter(reading ->
                        reading.name().equals(name) && reading.subject().equals(subject))
                .mapToDouble(Reading::value)
                .findFirst();
    }
}
