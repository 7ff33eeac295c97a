package io.keepwatch.config;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Position;
import io.keepwatch.config.yaml.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which file holds the configuration. */
public final class ConfigFile {
    private static final Path OF_THE_MACHINE = Path.of("/etc/keepwatch/keepwatch.yml");
    private static final String VARIABLE = "KEEPWATCH_CONFIG";

    private final Machine machine;
    private final Path ofTheMachine;

    public ConfigFile(Machine machine) {
        this(machine, OF_THE_MACHINE);
    }

    ConfigFile(Machine machine, Path ofTheMachine) {
        this.machine = machine;
        this.ofTheMachine = ofTheMachine;
    }

    /**
     * The file named on the command line, else by {@code KEEPWATCH_CONFIG}, else the first of the usual places that
     * exists. Throws ConfigException that says where it looked. A file that was named is returned even if it is missing.
     */
    public Path find(Optional<Path> named) {
        Optional<Path> chosen = named.or(this::fromVariable);
        List<Path> places = List.of(ofTheMachine, machine.userConfigFile());
        return chosen.or(() -> places.stream().filter(Files::exists).findFirst())
                .orElseThrow(() -> missing(places));
    }

    /** Where {@code keepwatch init} writes. */
    public Path target(Optional<Path> named) {
        return named.or(this::fromVariable).orElseGet(() -> machine.isRoot() ? ofTheMachine : machine.userConfigFile());
    }

    private Optional<Path> fromVariable() {
        return machine.variable(VARIABLE).map(Path::of);
    }

    private ConfigException missing(List<Path> places) {
        String looked = places.stream().map(Path::toString).collect(Collectors.joining(" or "));
        ConfigProblem problem = new ConfigProblem(
                Severity.ERROR,
                target(Optional.empty()),
                Position.NONE,
                "",
                "there is no configuration: no --config, no " + VARIABLE + ", and no file " + looked,
                "run keepwatch init to write one");
        return new ConfigException(
                "keepwatch: " + problem.problem() + "\n  " + problem.advice() + "\n", List.of(problem));
    }
}
