package io.keepwatch.cli;

import io.keepwatch.config.ConfigException;
import io.keepwatch.config.Machine;
import io.keepwatch.store.StoreException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tree of commands, and what becomes of an error in one of them. */
final class Cli {
    private Cli() {}

    /** Add a command here, in the order of the help. */
    private static List<Object> commands() {
        return List.of(
                new DemoCommand(),
                new InitCommand(),
                new CheckCommand(),
                new RunCommand(),
                new StatusCommand(),
                new BackupCommand(),
                new LsCommand(),
                new VersionsCommand(),
                new DiffCommand(),
                new RestoreCommand(),
                new RebuildCommand(),
                new VerifyCommand(),
                new CostCommand(),
                new CompletionCommand());
    }

    static CommandLine of(Machine machine) {
        CommandLine line = new CommandLine(new KeepwatchCommand(machine));
        commands().forEach(line::addSubcommand);
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setExecutionExceptionHandler(Cli::handle);
        line.setParameterExceptionHandler(Cli::notUnderstood);
        return line;
    }

    private static int handle(Exception error, CommandLine line, ParseResult result) {
        PrintWriter err = line.getErr();
        if (error instanceof ConfigException) {
            err.print(error.getMessage());
            err.flush();
            return ExitCode.CONFIGURATION;
        }
        if (error instanceof CommandFailure failure) {
            err.println("keepwatch: " + failure.getMessage());
            return failure.exitCode();
        }
        if (error instanceof StoreException) {
            err.println("keepwatch: " + error.getMessage());
            return ExitCode.STORE;
        }
        return unexpected(error, err, isVerbose(line));
    }

    private static boolean isVerbose(CommandLine line) {
        return line.getCommandSpec().root().userObject() instanceof KeepwatchCommand top && top.isVerbose();
    }

    private static int notUnderstood(ParameterException error, String[] args) {
        CommandLine line = error.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("keepwatch: " + error.getMessage());
        UnmatchedArgumentException.printSuggestions(error, err);
        err.println("run " + line.getCommandSpec().qualifiedName() + " --help for the options and examples");
        return ExitCode.USAGE;
    }

    /** One line, and the stack for who asks. */
    static int unexpected(Throwable error, PrintWriter err, boolean verbose) {
        err.println("keepwatch: unexpected " + error.toString().replaceAll("\\R", " ")
                + (verbose ? "" : "; run it again with --verbose to see where"));
        if (verbose) {
            error.printStackTrace(err);
        }
        err.flush();
        return ExitCode.INTERNAL;
    }
}
