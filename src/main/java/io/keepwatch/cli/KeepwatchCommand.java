package io.keepwatch.cli;

import io.keepwatch.config.ConfigFile;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.LoadedConfig;
import io.keepwatch.config.Machine;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What all commands share: the options that may stand before or after any of them, and the configuration. */
@Command(
        name = "keepwatch",
        description = "Backs up directories to S3 within seconds of each change.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done in part, or a check found a problem",
            "2:the command line is not understood",
            "3:the configuration has mistakes or is missing",
            "4:the daemon is not running, or another one runs already",
            "5:the store refused or cannot be reached",
            "6:what was named is not there: a file, version or root in the backup, a rule, run, event or silence",
            "70:a defect of Keepwatch"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch demo                         see it work on an example",
            "  keepwatch init                         write a configuration",
            "  keepwatch run                          watch and back up",
            "  keepwatch status                       is everything durable?",
            "  keepwatch restore /etc --to /tmp/etc   bring files back",
            "  keepwatch help restore                 options and examples of a command"
        })
final class KeepwatchCommand implements Runnable {
    private final Machine machine;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration. Default: $$KEEPWATCH_CONFIG, else the file of the machine in"
                    + " /etc/keepwatch, else that of the user.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show the stack of an error.")
    private boolean verbose;

    KeepwatchCommand(Machine machine) {
        this.machine = machine;
    }

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }

    Machine machine() {
        return machine;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Throws ConfigException, which ends the command with exit code 3. */
    LoadedConfig load() {
        return new ConfigLoader(machine).load(configFile());
    }

    /** The file in use; throws ConfigException when there is none. */
    Path configFile() {
        return new ConfigFile(machine).find(config);
    }

    /** Whether the command line names a configuration. */
    boolean namesConfig() {
        return config.isPresent();
    }

    /** The file that {@code init} writes. */
    Path newConfigFile() {
        return new ConfigFile(machine).target(config);
    }

    /** Progress on stderr. The first words say what is done, for example {@code restoring}. */
    Progress progress(String what) {
        return new Progress(what, spec.commandLine().getErr(), terminal().isErr(), System::nanoTime);
    }

    Terminal terminal() {
        return new Terminal(Path.of("/proc/self/fd"));
    }
}
