package io.keepwatch.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The region that the AWS tools of this user would take: from the environment, else from their profile. */
final class AwsRegion {
    private final Machine machine;

    AwsRegion(Machine machine) {
        this.machine = machine;
    }

    Optional<String> find() {
        return machine.variable("AWS_REGION")
                .or(() -> machine.variable("AWS_DEFAULT_REGION"))
                .or(this::ofProfile);
    }

    private Optional<String> ofProfile() {
        Path file = machine.variable("AWS_CONFIG_FILE")
                .map(Path::of)
                .orElse(machine.home().resolve(".aws/config"));
        String profile = machine.variable("AWS_PROFILE").orElse("default");
        String section = "";
        try {
            for (String line : Files.isReadable(file) ? Files.readAllLines(file) : List.<String>of()) {
                String text = line.strip();
                if (text.startsWith("[")) {
                    section = text.replace("profile ", "");
                } else if (section.equals("[" + profile + "]") && text.matches("region\\s*=.*")) {
                    return Optional.of(text.substring(text.indexOf('=') + 1).strip());
                }
            }
        } catch (IOException e) {
            // The region is only a suggestion; a file that cannot be read suggests none.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
