package io.keepwatch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tokens of the HTTP server. */
@Command(
        name = "token",
        header = "Make a token for the HTTP server.",
        description = "Tokens let people and programs use the HTTP server. The configuration keeps only their hashes.",
        subcommands = TokenNewCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  keepwatch token new --name admin --role operate"})
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }
}
