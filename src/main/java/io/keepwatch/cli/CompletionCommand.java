package io.keepwatch.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script of all commands for bash and zsh. */
@Command(
        name = "completion",
        header = "Print a completion script for bash and zsh.",
        description = "Prints a script that completes commands and options in bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(keepwatch completion)                                     this shell",
            "  keepwatch completion > /etc/bash_completion.d/keepwatch            bash, all users",
            "  echo 'source <(keepwatch completion)' >> ~/.zshrc                  zsh"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("keepwatch", spec.root().commandLine()));
        out.flush();
    }
}
