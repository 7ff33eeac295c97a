package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.RefusedKey;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose right to use the bucket: a profile of the AWS tools, or a file of its own. Exactly one of the two is there. */
public record CredentialsConfig(Optional<String> profile, Optional<Path> file) {
    private static final String INSTEAD = "put it into a file that only the daemon's user can read, in the form"
            + " [default] aws_access_key_id = ... aws_secret_access_key = ... (one a line), and write"
            + " credentials: {file: /etc/keepwatch/credentials}; replace a secret that others may have read";

    /** Keys that people try, here and beside the bucket. */
    static final List<RefusedKey> SECRETS = Stream.of(
                    "access_key",
                    "access_key_id",
                    "aws_access_key_id",
                    "secret_key",
                    "secret_access_key",
                    "aws_secret_access_key",
                    "session_token",
                    "password")
            .map(name -> new RefusedKey(name, "secrets do not stand in this file", INSTEAD))
            .toList();

    static final Key<String> PROFILE = Key.optional(
            "profile", Values.text("backup"), "none", "A profile of `~/.aws/credentials` or `~/.aws/config`.");
    static final Key<Path> FILE = Key.optional(
            "file",
            Values.path("/etc/keepwatch/credentials"),
            "none",
            "A file in the form of `~/.aws/credentials`; its profile `default` is used.");
    static final Section<CredentialsConfig> SECTION =
            new Section<>(List.of(PROFILE, FILE), SECRETS, CredentialsConfig::read);

    private static Optional<CredentialsConfig> read(YamlMap map) {
        if (map.has(PROFILE) && map.has(FILE)) {
            map.error(FILE, "there is a profile and a file", "keep one of the two");
        } else if (!map.has(PROFILE) && !map.has(FILE)) {
            map.error(
                    PROFILE,
                    "there is neither a profile nor a file",
                    "write one, or remove credentials to use the default chain of the AWS SDK");
        }
        return Optional.of(new CredentialsConfig(map.find(PROFILE), map.find(FILE)));
    }
}
