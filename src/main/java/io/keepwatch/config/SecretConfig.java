package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.RefusedKey;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a secret is read from. Its value never stands in the configuration. */
public sealed interface SecretConfig {
    /** The whole content of a file, without the line's end. */
    record InFile(Path path) implements SecretConfig {}

    /** A variable of the daemon's environment. */
    record InEnvironment(String variable) implements SecretConfig {}

    /** A credential of the systemd unit: a file in {@code $CREDENTIALS_DIRECTORY}. */
    record InCredential(String name) implements SecretConfig {}

    Key<Path> FILE = Key.optional(
            "file",
            Values.path("/etc/keepwatch/ops.secret"),
            "",
            "A file that holds the secret and nothing else. It must belong to root or to the user of the daemon, and no"
                    + " others may read it (`chmod 600`, or 640 for a group).");
    Key<String> ENV = Key.optional(
            "env",
            Values.text(
                    "the name of a variable",
                    "OPS_SECRET",
                    Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}"),
                    "letters, digits and underscores"),
            "",
            "A variable of the daemon's environment.");
    Key<String> CREDENTIAL = Key.optional(
            "credential",
            Values.text(
                    "the name of a credential",
                    "ops",
                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}"),
                    "letters, digits, dots, hyphens and underscores"),
            "",
            "A credential of systemd: `LoadCredential=` or `LoadCredentialEncrypted=` of the unit.");
    Section<SecretConfig> SECTION = new Section<>(
            List.of(FILE, ENV, CREDENTIAL),
            Stream.of("value", "secret", "password", "token", "text")
                    .map(
                            name -> new RefusedKey(
                                    name,
                                    "secrets do not stand in this file",
                                    "put it into a file that only the daemon's user can read and write file: /etc/keepwatch/NAME"))
                    .toList(),
            List.of(Set.of(FILE.name(), ENV.name(), CREDENTIAL.name())),
            SecretConfig::read);

    private static Optional<SecretConfig> read(YamlMap map) {
        Optional<SecretConfig> file = map.find(FILE).map(InFile::new);
        Optional<SecretConfig> variable = map.find(ENV).map(InEnvironment::new);
        Optional<SecretConfig> credential = map.find(CREDENTIAL).map(InCredential::new);
        return file.or(() -> variable).or(() -> credential);
    }
}
