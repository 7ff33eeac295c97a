package io.keepwatch.cli;

import io.keepwatch.action.KnownNames;
import io.keepwatch.config.Config;
import io.keepwatch.config.RulesConfig;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.state.StateReader;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands on rules share: where the rules are. */
@Command(
        name = "rules",
        header = "Check, test and draw rules.",
        description =
                "Rules say what to do when something happens; docs/rules.md tells how to write them. Without a PATH, the"
                        + " rules of the configuration are meant. With a PATH and no --config, names of channels,"
                        + " webhooks, hooks and secrets are not checked.",
        subcommands = {
            RulesCheckCommand.class,
            RulesTestCommand.class,
            RulesGraphCommand.class,
            RulesSchemaCommand.class,
            RulesExplainCommand.class,
            RulesSimulateCommand.class,
            RulesReplayCommand.class,
            RulesReloadCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch rules check",
            "  keepwatch rules test workflows/backup.yml",
            "  keepwatch rules schema > rules.schema.json"
        })
final class RulesCommand implements Runnable {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new MissingCommandException(spec.commandLine());
    }

    /**
     * Reads the rule files of these files and folders, or those of the configuration. What names there are is known only
     * with a configuration: with places alone, rules are checked on their own. Throws CommandFailure where there are none.
     */
    LoadedRules load(List<Path> places) throws IOException {
        if (places.isEmpty() || keepwatch.namesConfig()) {
            RulesConfig config = keepwatch.load().config().rules();
            List<Path> chosen = places.isEmpty() ? List.of(config.folder()) : places;
            return new RuleLoader(KnownNames.of(config)).load(files(chosen));
        }
        return new RuleLoader(Known.NOTHING).load(files(places));
    }

    private static List<Path> files(List<Path> places) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new CommandFailure(
                        ExitCode.CONFIGURATION, place + " does not exist; name a file or a folder of rules");
            }
            files.addAll(RuleLoader.files(place));
        }
        if (files.isEmpty()) {
            throw new CommandFailure(ExitCode.CONFIGURATION, "there is no file with .yml or .yaml in " + places);
        }
        return files;
    }

    /**
     * The rules that the daemon has with this configuration; none where there is no folder of rules. Throws CommandFailure
     * that shows their mistakes.
     */
    RuleSet configured() throws IOException {
        return good(rulesOf(config().rules()));
    }

    /** The rules of a configuration; none where there is no folder of rules. */
    static LoadedRules rulesOf(RulesConfig config) throws IOException {
        Path folder = config.folder();
        return new RuleLoader(KnownNames.of(config))
                .load(Files.isDirectory(folder) ? RuleLoader.files(folder) : List.of());
    }

    /** An event that is kept; where two sources gave out the same id, the older one. Throws CommandFailure where there is none. */
    RuleEvent event(String id) {
        try (StateReader reader = StateReader.open(state())) {
            return reader.event(id).stream()
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.NOT_FOUND,
                            "no event \"" + id
                                    + "\" is kept: events that made no rule run are not, and others for 30"
                                    + " days; keepwatch runs ID shows the id of an event"));
        }
    }

    /** The event before of a rule that an event made run; empty where it was none. */
    Optional<RuleEvent> previous(Rule rule, RuleEvent event) {
        try (StateReader reader = StateReader.open(state())) {
            return reader.previous(rule.name(), event);
        }
    }

    Config config() {
        return keepwatch.load().config();
    }

    /** The state folder of the configuration. */
    Path state() {
        return config().state();
    }

    /** Rules without a mistake. Throws CommandFailure that shows them otherwise. */
    LoadedRules loadGood(List<Path> places) throws IOException {
        LoadedRules loaded = load(places);
        good(loaded);
        return loaded;
    }

    private static RuleSet good(LoadedRules loaded) {
        return loaded.rules()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.CONFIGURATION,
                        "the rules have mistakes\n" + loaded.report().stripTrailing()));
    }
}
