package io.keepwatch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/** The files of the demo: a folder to watch, with a little of everything, and a configuration for it. */
final class DemoFolder {
    private static final int LOG_LINES = 2_000;

    private final Path directory;

    private DemoFolder(Path directory) {
        this.directory = directory;
    }

    /** Refuses a directory that holds files already. */
    static DemoFolder make(Optional<Path> wanted) throws IOException {
        Path directory;
        if (wanted.isPresent()) {
            directory = Files.createDirectories(wanted.get().toAbsolutePath().normalize());
            try (var entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new CommandFailure(
                            ExitCode.USAGE, directory + " is not empty; name a new directory with --dir");
                }
            }
        } else {
            directory = Files.createTempDirectory("keepwatch-demo-").toRealPath();
        }
        DemoFolder demo = new DemoFolder(directory);
        demo.fill();
        return demo;
    }

    Path directory() {
        return directory;
    }

    Path watched() {
        return directory.resolve("watched");
    }

    Path configFile() {
        return directory.resolve("keepwatch.yml");
    }

    Path changedFile() {
        return watched().resolve("notes/todo.txt");
    }

    /** How many regular files there are to back up. */
    int files() {
        return 6;
    }

    /** Appends a line; when that was. */
    Instant changeAFile() throws IOException {
        Instant before = Instant.now();
        Files.writeString(changedFile(), "- see the backup follow\n", StandardOpenOption.APPEND);
        return before;
    }

    private void fill() throws IOException {
        Path etc = Files.createDirectories(watched().resolve("etc"));
        Files.createDirectories(watched().resolve("notes"));
        Path log = Files.createDirectories(watched().resolve("log"));
        Files.writeString(changedFile(), "- try Keepwatch\n");
        Files.writeString(etc.resolve("app.conf"), "port = 8080\nworkers = 4\n");
        Path secret = Files.writeString(etc.resolve("app.key"), "not a real key\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(etc.resolve("current"), Path.of("app.conf"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LOG_LINES; i++) {
            lines.append("line ").append(i).append(" of an example log\n");
        }
        Files.writeString(log.resolve("app.log"), lines);
        Files.createLink(log.resolve("app.log.1"), log.resolve("app.log"));
        Files.write(watched().resolve("Größe – 尺寸.txt"), "names may hold anything\n".getBytes(StandardCharsets.UTF_8));
        Files.writeString(configFile(), """
                # The configuration of the demo. Without store.s3 the backup goes to an embedded S3 server.
                host: demo
                state: "%s"
                roots:
                  - path: "%s"
                    name: example
                probes: {host.activity: 2s, memory.usage: 2s, network.traffic: 2s, swap.activity: 2s, disk.usage: 10s}
                http: {listen: "127.0.0.1:0", restore_to: ["%s"]}
                """.formatted(
                        directory.resolve("state"), watched(), Files.createDirectory(directory.resolve("restores"))));
        Files.setPosixFilePermissions(configFile(), PosixFilePermissions.fromString("rw-------"));
        Path rules = Files.createDirectories(directory.resolve("workflows"));
        Files.writeString(rules.resolve("notes.yml"), """
                # An example of a rule: it tells of each change of the notes, with the difference to the backup.
                version: 1
                rules:
                  notes:
                    on: {file: "%s/notes/**", debounce: 500ms}
                    steps:
                      - notify: ops
                        with: {severity: info, title: The notes changed, text: "${diff(event.data.paths)}"}
                """.formatted(watched()));
    }
}
