package io.keepwatch.config;

import io.keepwatch.config.yaml.Position;
import io.keepwatch.config.yaml.ProblemReport;
import io.keepwatch.config.yaml.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of the secrets of the configuration, and how text is freed of them. Immutable; it never shows a value by
 * itself.
 */
public final class Secrets {
    private static final int SHORTEST = 4;
    private static final long LARGEST_BYTES = 65_536;
    private static final int TOO_OPEN = 0027;
    private static final String HIDDEN = "***";

    private final Map<String, String> values;
    private final List<String> longestFirst;

    private Secrets(Map<String, String> values) {
        this.values = Map.copyOf(values);
        this.longestFirst = values.values().stream()
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    public static Secrets of(Map<String, String> values) {
        return new Secrets(values);
    }

    /** Reads all of them. Throws ConfigException that names every one that cannot be had. */
    public static Secrets read(Path configFile, Map<String, SecretConfig> secrets, Machine machine) {
        Problems problems = new Problems(configFile);
        Map<String, String> values = new LinkedHashMap<>();
        secrets.forEach((name, secret) -> new Reader("secrets." + name, machine, problems)
                .value(secret)
                .ifPresent(value -> values.put(name, value)));
        if (problems.hasErrors()) {
            throw new ConfigException(new ProblemReport("").of(problems.sorted()), problems.sorted());
        }
        return new Secrets(values);
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** Throws IllegalArgumentException where there is none of this name. */
    public String value(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the configuration has no secret \"" + name + "\": add it to secrets"));
    }

    /** The text with every value in it replaced by stars. */
    public String mask(String text) {
        String masked = text;
        for (String value : longestFirst) {
            masked = masked.replace(value, HIDDEN);
        }
        return masked;
    }

    /** The characters of the longest value; 0 where there is none. */
    public int longest() {
        return longestFirst.isEmpty() ? 0 : longestFirst.get(0).length();
    }

    @Override
    public String toString() {
        return "secrets " + values.keySet();
    }

    /** Reads one secret, and reports why it cannot be used. */
    private record Reader(String keyPath, Machine machine, Problems problems) {
        Optional<String> value(SecretConfig secret) {
            if (secret instanceof SecretConfig.InFile file) {
                return file(file.path(), true).flatMap(this::checked);
            } else if (secret instanceof SecretConfig.InCredential credential) {
                return credential(credential.name()).flatMap(this::checked);
            }
            String variable = ((SecretConfig.InEnvironment) secret).variable();
            Optional<String> value = machine.variable(variable);
            if (value.isEmpty()) {
                problem("the environment has no variable " + variable, "set it for the daemon, or use file");
            }
            return value.flatMap(this::checked);
        }

        private Optional<String> credential(String name) {
            Optional<String> folder = machine.variable("CREDENTIALS_DIRECTORY");
            if (folder.isEmpty()) {
                problem(
                        "there are no credentials of systemd, because $CREDENTIALS_DIRECTORY is not set",
                        "add LoadCredential=" + name
                                + ":/path to the unit and let systemd start Keepwatch, or use file");
            }
            return folder.flatMap(found -> file(Path.of(found).resolve(name), false));
        }

        private Optional<String> file(Path file, boolean checkMode) {
            try {
                if (!Files.isRegularFile(file) && Files.exists(file)) {
                    problem(file + " is not a regular file", "name a file that holds the secret");
                } else if (Files.exists(file) && Files.size(file) > LARGEST_BYTES) {
                    problem(file + " is larger than 64 KiB", "name a file that holds the secret alone");
                } else if (!checkMode || isPrivate(file)) {
                    return Optional.of(Files.readString(file).replaceFirst("\\r?\\n\\z", ""));
                }
            } catch (NoSuchFileException e) {
                problem(file + " does not exist", "write the secret into it and run chmod 600 " + file);
            } catch (AccessDeniedException e) {
                problem("user " + machine.uid() + " may not read " + file, "run chown " + machine.uid() + " " + file);
            } catch (CharacterCodingException e) {
                problem(file + " holds bytes that are not UTF-8", "write it as text, for example as base64");
            } catch (IOException e) {
                problem(file + " cannot be read: " + e, "");
            }
            return Optional.empty();
        }

        private boolean isPrivate(Path file) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid");
            int mode = attributes.get("mode") instanceof Integer value ? value : 0;
            long owner = attributes.get("uid") instanceof Integer value ? value : 0;
            if ((mode & TOO_OPEN) != 0) {
                problem(
                        "other users may read or change %s (mode %o)".formatted(file, mode & 07777),
                        "run chmod 600 " + file + ", and replace the secret if others may have read it");
                return false;
            }
            if (owner != 0 && owner != machine.uid()) {
                problem(
                        file + " belongs to user " + owner + ", not to root or to user " + machine.uid(),
                        "run chown " + machine.uid() + " " + file);
                return false;
            }
            return true;
        }

        // A shorter one could not be hidden in output without hiding half of the output.
        private Optional<String> checked(String value) {
            if (value.length() < SHORTEST || value.isBlank()) {
                problem("the secret has fewer than " + SHORTEST + " letters", "use a longer one");
                return Optional.empty();
            }
            return Optional.of(value);
        }

        private void problem(String problem, String advice) {
            problems.error(Position.NONE, keyPath, problem, advice);
        }
    }
}
