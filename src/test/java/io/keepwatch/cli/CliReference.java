package io.keepwatch.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes docs/cli.md from the commands that the program has. */
final class CliReference {
    private static final String TOP = """
            # Commands

            <!-- Written from the code: ./mvnw test -Dtest=CliReferenceTest -Dkeepwatch.regenerate=true -->

            ```
            keepwatch [--config FILE] COMMAND [OPTIONS] [PATH…]
            ```

            Results go to stdout, progress and messages to stderr. With `--json`, stdout is one JSON document: keys in snake case,
            times in ISO 8601 (UTC), sizes in bytes. `status` and `backup` need the running daemon; the others work beside it and
            without it, except `rebuild`, which needs that none runs.

            A TIME is `2026-11-24T03:00:00Z`, `"2026-11-24 03:00"` (local time), `2026-11-24` (the end of that day) or `2h` (ago). A path is
            absolute or relative to the working directory. A name that `ls` shows with `\\x1b` or `\\xff` can be given as it is shown.

            """;

    private final CommandLine line = Cli.of(CliRun.machine(Path.of("/")));

    String page() {
        StringBuilder page = new StringBuilder(TOP);
        page.append("| command | |\n|---|---|\n");
        commands()
                .forEach(command -> page.append("| [`%s`](#%s) | %s |\n"
                        .formatted(
                                command.name(),
                                command.name(),
                                cell(command.usageMessage().header()))));
        page.append("\n## Options of every command\n\n");
        options(page, line.getCommandSpec(), false);
        page.append("\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
        line.getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> page.append("| %s | %s |\n".formatted(code, meaning)));
        commands().forEach(command -> section(page, command));
        return page.toString();
    }

    private List<CommandSpec> commands() {
        return line.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.name().equals("help"))
                .toList();
    }

    private static void section(StringBuilder page, CommandSpec command) {
        page.append("\n## ").append(command.name()).append("\n\n");
        page.append(cell(command.usageMessage().description())).append("\n\n```\n");
        for (String example : command.usageMessage().footer()) {
            page.append(example.strip()).append('\n');
        }
        page.append("```\n");
        boolean any = command.options().stream().anyMatch(option -> !option.inherited() && !standard(option))
                || !command.positionalParameters().isEmpty();
        if (any) {
            page.append('\n');
            options(page, command, true);
        }
        command.subcommands().values().forEach(inner -> subcommand(page, command, inner.getCommandSpec()));
    }

    private static void subcommand(StringBuilder page, CommandSpec outer, CommandSpec command) {
        page.append("\n### ")
                .append(outer.name())
                .append(' ')
                .append(command.name())
                .append("\n\n");
        page.append(cell(command.usageMessage().description())).append("\n\n```\n");
        for (String example : command.usageMessage().footer()) {
            page.append(example.strip()).append('\n');
        }
        page.append("```\n\n");
        options(page, command, true);
    }

    private static void options(StringBuilder page, CommandSpec command, boolean own) {
        page.append("| option | |\n|---|---|\n");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String more = parameter.arity().max() > 1 ? "…" : "";
            row(page, parameter.paramLabel() + more, parameter);
        }
        command.options().stream()
                .filter(option -> !own || (!option.inherited() && !standard(option)))
                .forEach(option -> row(page, names(option), option));
    }

    private static void row(StringBuilder page, String name, ArgSpec argument) {
        page.append("| `%s` | %s |\n".formatted(name.replace("|", "\\|"), cell(argument.description())));
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private static boolean standard(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    /** picocli formats its texts, so a percent sign is written twice in them. */
    private static String cell(String[] text) {
        return List.of(text).stream()
                .map(some -> some.replace("%%", "%").replace("$$", "$").replace("|", "\\|"))
                .collect(Collectors.joining(" "));
    }
}
