package io.keepwatch.config;

import io.keepwatch.config.yaml.Position;
import io.keepwatch.config.yaml.ProblemReport;
import io.keepwatch.config.yaml.Problems;
import io.keepwatch.config.yaml.YamlDocument;
import io.keepwatch.config.yaml.YamlText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration file and refuses it whole when anything in it is wrong. */
public final class ConfigLoader {
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final Machine machine;

    public ConfigLoader(Machine machine) {
        this.machine = machine;
    }

    /** Throws ConfigException with every problem found. */
    public LoadedConfig load(Path file) {
        Problems problems = new Problems(file);
        String text = read(file, problems).orElse("");
        Optional<Config> config = problems.hasErrors() ? Optional.empty() : parse(file, text, problems);
        String report = new ProblemReport(text).of(problems.sorted());
        if (config.isEmpty() || problems.hasErrors()) {
            throw new ConfigException(report, problems.sorted());
        }
        return new LoadedConfig(config.get(), problems.sorted(), report);
    }

    private Optional<Config> parse(Path file, String text, Problems problems) {
        Optional<YamlDocument> document = YamlDocument.parse(text, problems);
        Optional<ConfigSchema.Reading> reading =
                document.flatMap(found -> ConfigSchema.of(machine, file).read(found.root()));
        if (document.isPresent() && reading.isPresent()) {
            new ConfigChecks(reading.get(), document.get()).run();
        }
        return reading.map(ConfigSchema.Reading::config);
    }

    private Optional<String> read(Path file, Problems problems) {
        try {
            checkOwner(file, problems);
            return YamlText.read(file, problems);
        } catch (NoSuchFileException e) {
            problems.error(Position.NONE, "", "there is no such file", "run keepwatch init --config " + file);
        } catch (AccessDeniedException e) {
            problems.error(
                    Position.NONE,
                    "",
                    "user " + machine.uid() + " may not read this file",
                    "run as its owner or as root, or name another file with --config");
        } catch (IOException e) {
            problems.error(Position.NONE, "", "the file cannot be read: " + e, "");
        }
        return Optional.empty();
    }

    // Whoever can write this file decides what a daemon of root reads and where it sends it.
    private void checkOwner(Path file, Problems problems) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid");
        int mode = attributes.get("mode") instanceof Integer value ? value : 0;
        long owner = attributes.get("uid") instanceof Integer value ? value : 0;
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            problems.error(
                    Position.NONE,
                    "",
                    "other users may write this file (mode %o)".formatted(mode & 07777),
                    "run chmod go-w " + file);
        }
        if (owner != 0 && owner != machine.uid()) {
            problems.error(
                    Position.NONE,
                    "",
                    "the file belongs to user " + owner + ", not to root or to user " + machine.uid(),
                    "run chown " + machine.uid() + " " + file);
        }
    }
}
