package io.keepwatch.action.command;

import io.keepwatch.config.Machine;
import io.keepwatch.config.Secrets;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts commands. Safe for many threads; blocks. */
public final class CommandRunner {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path folder;
    private final Machine machine;
    private final Secrets secrets;
    private final Duration grace;

    CommandRunner(Path folder, Machine machine, Secrets secrets, Duration grace) {
        this.folder = folder;
        this.machine = machine;
        this.secrets = secrets;
        this.grace = grace;
    }

    /** Uses the folder {@code commands} of the state folder, and empties it: what lies there is of a process before. */
    public static CommandRunner in(Path state, Machine machine, Secrets secrets) throws IOException {
        return in(state, machine, secrets, GRACE);
    }

    static CommandRunner in(Path state, Machine machine, Secrets secrets, Duration grace) throws IOException {
        Path folder = state.resolve("commands");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        return new CommandRunner(folder, machine, secrets, grace);
    }

    /** Throws IOException that says what is missing where the command cannot be started. */
    public RunningCommand start(Command command) throws IOException {
        Optional<Account> other = otherUser(command);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", PATH);
        environment.put("HOME", other.map(Account::home).orElse(machine.home().toString()));
        environment.put("LANG", "C.UTF-8");
        other.ifPresent(account -> environment.put("USER", account.name()));
        environment.putAll(command.environment());
        List<String> arguments = arguments(command, other, environment.getOrDefault("PATH", PATH));
        EventFile event = EventFile.write(folder, command.event(), other);
        try {
            environment.put("RULE_EVENT_FILE", event.path().toString());
            ArgumentText.check(arguments, environment);
            ProcessBuilder builder = new ProcessBuilder(ProcessGroup.leading(arguments));
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.directory(Path.of("/").toFile());
            builder.redirectInput(event.path().toFile());
            return new RunningCommand(builder.start(), command.timeout(), event, secrets, grace);
        } catch (IOException | RuntimeException e) {
            event.close();
            throw e;
        }
    }

    private List<String> arguments(Command command, Optional<Account> other, String path) throws IOException {
        List<String> arguments = new ArrayList<>();
        if (other.isPresent()) {
            arguments.addAll(other.get().prefix());
        }
        arguments.add(Programs.find(command.program(), path).toString());
        arguments.addAll(command.arguments().subList(1, command.arguments().size()));
        return arguments;
    }

    /** Empty where the command runs as the user of this process. */
    private Optional<Account> otherUser(Command command) throws IOException {
        if (command.user().isEmpty()) {
            return Optional.empty();
        }
        Account account = Account.find(command.user().get());
        if (account.uid() == machine.uid()) {
            return Optional.empty();
        }
        if (!machine.isRoot()) {
            throw new IOException(command.program() + " is to run as user \"" + account.name()
                    + "\", but only root can run commands as another user, and Keepwatch runs as user " + machine.uid()
                    + ": remove user, or run Keepwatch as root");
        }
        return Optional.of(account);
    }
}
