package io.keepwatch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Keys of encrypted backups. */
@Command(
        name = "key",
        header = "Make a key for an encrypted backup.",
        description =
                "Keys of encrypted backups: an identity, which is secret and opens a backup, and its recipient, for"
                        + " which a backup is encrypted. They are those of the tool age.",
        subcommands = KeyNewCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch key new --out identity.txt"})
final class KeyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }
}
