package io.keepwatch.cli;

import io.keepwatch.config.Config;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which key opens an encrypted backup, for a command that reads it. */
final class IdentityOption {
    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "The age identity that opens an encrypted backup. Default: store.encryption.identity.")
    private Optional<Path> identity = Optional.empty();

    /** The configuration with this identity in it. */
    Config in(Config config) {
        if (identity.isPresent() && config.store().encryption().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    "--identity opens an encrypted backup, but the configuration has no store.encryption: write the"
                            + " recipients of the backup there, or leave --identity out");
        }
        return identity.map(file -> config.withIdentity(file.toAbsolutePath())).orElse(config);
    }

    /** Ends the command where contents are to be read and nothing opens them. */
    static void require(Config config) {
        if (config.store().encryption().isPresent()
                && config.store().encryption().get().identity().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    "the backup is encrypted, and this machine can only write it: name the file of an identity with"
                            + " --identity, or in store.encryption.identity");
        }
    }
}
