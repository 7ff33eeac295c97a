package io.keepwatch.cli;

import io.keepwatch.config.ConfigTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes a configuration that works as it is, with every option explained. */
@Command(
        name = "init",
        header = "Write a configuration that works as it is.",
        description = "Writes a configuration file with every option explained. Asks nothing: host, folders and AWS"
                + " region are found out, and without a bucket the backup stays on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch init                            write the usual file",
            "  keepwatch init --stdout                   only show it",
            "  KEEPWATCH_BUCKET=my-backups keepwatch init",
            "  keepwatch init --config /srv/kw.yml       write another file"
        })
final class InitCommand implements Callable<Integer> {
    private static final FileAttribute<Set<PosixFilePermission>> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Option(names = "--stdout", description = "Write to the terminal instead of a file.")
    private boolean stdout;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String text = new ConfigTemplate(keepwatch.machine()).text();
        if (stdout) {
            out.print(text);
            out.flush();
            return ExitCode.OK;
        }
        Path file = keepwatch.newConfigFile().toAbsolutePath().normalize();
        try {
            write(file, text);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    e.getMessage() + " exists already; --stdout shows the new one, --force replaces the old one");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    file + " cannot be written (" + e + "); run as root, or name another file with --config");
        }
        out.println("wrote " + file);
        out.println("next: read it, then keepwatch check, then keepwatch run");
        return ExitCode.OK;
    }

    private void write(Path file, String text) throws IOException {
        Path parent = parent(file);
        Files.createDirectories(parent);
        Path temporary = Files.createTempFile(parent, ".keepwatch-", ".yml", ONLY_OWNER);
        try {
            Files.writeString(temporary, text);
            if (force) {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(temporary, file);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
