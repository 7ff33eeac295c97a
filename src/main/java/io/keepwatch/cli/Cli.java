package io.keepwatch.cli;

import io.keepwatch.config.ConfigException;
import io.keepwatch.config.Machine;
import io.keepwatch.unit.Ratio;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
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
                new RulesCommand(),
                new RunsCommand(),
                new ApproveCommand(),
                new SilenceCommand(),
                new RunCommand(),
                new StatusCommand(),
                new BackupCommand(),
                new LsCommand(),
                new VersionsCommand(),
                new DiffCommand(),
                new RestoreCommand(),
                new PruneCommand(),
                new RebuildCommand(),
                new VerifyCommand(),
                new CostCommand(),
                new KeyCommand(),
                new TokenCommand(),
                new ProbesCommand(),
                new ProbeCommand(),
                new SarCommand(),
                new KsmCommand(),
                new SwapoffCheckCommand(),
                new BootServicesCommand(),
                new ListenersCommand(),
                new TrafficCommand(),
                new RouteCommand(),
                new LvmCommand(),
                new UnitsCommand(),
                new CompletionCommand());
    }

    static CommandLine of(Machine machine) {
        CommandLine line = new CommandLine(new KeepwatchCommand(machine));
        commands().forEach(line::addSubcommand);
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, new PathText());
        line.registerConverter(Instant.class, new TimeText());
        line.registerConverter(YearMonth.class, new MonthText());
        line.registerConverter(Ratio.class, new ShareText());
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
        boolean verbose = isVerbose(line);
        Optional<CommandFailure> known = Failures.known(error);
        if (known.isEmpty()) {
            return unexpected(error, err, verbose);
        }
        err.println("keepwatch: " + known.get().getMessage());
        if (verbose) {
            error.printStackTrace(err);
        }
        err.flush();
        return known.get().exitCode();
    }

    private static boolean isVerbose(CommandLine line) {
        return line.getCommandSpec().root().userObject() instanceof KeepwatchCommand top && top.isVerbose();
    }

    private static int notUnderstood(ParameterException error, String[] args) {
        CommandLine line = error.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("keepwatch: " + problem(error));
        if (error instanceof MissingCommandException) {
            err.println();
            line.usage(err);
            return ExitCode.USAGE;
        }
        UnmatchedArgumentException.printSuggestions(error, err);
        err.println("run " + line.getCommandSpec().qualifiedName() + " --help for the options and examples");
        return ExitCode.USAGE;
    }

    /** Our converters say what to write; picocli would put its own words before theirs. */
    private static String problem(ParameterException error) {
        if (error.getCause() instanceof TypeConversionException ours && error.getArgSpec() != null) {
            return name(error.getArgSpec()) + ": " + ours.getMessage();
        }
        return String.valueOf(error.getMessage()).replaceFirst("^Invalid value for option '(.*?)': ", "$1: ");
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
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
