package io.keepwatch.cli;

import io.keepwatch.layout.pack.AgeIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an identity of age and says its recipient. */
@Command(
        name = "new",
        header = "Make an identity, and show its recipient.",
        description = "Makes an identity and shows its recipient. The identity is secret: whoever has it can read the"
                + " backup, and without it nobody can. Keep a copy of it away from this machine. The recipient goes into"
                + " store.encryption.recipients.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch key new --out identity.txt      the file is new, and only its owner can read it",
            "  keepwatch key new > /media/usb/identity   the identity on stdout, the recipient on stderr",
            "  age -d -i identity.txt PACK | tar --zstd -t"
        })
final class KeyNewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the identity there; nothing is replaced.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() {
        AgeIdentity.Made made = AgeIdentity.make(Clock.systemUTC().instant());
        PrintWriter out = spec.commandLine().getOut();
        if (file.isPresent()) {
            write(file.get(), made.file());
            out.println(made.recipient());
        } else {
            out.print(made.file());
            spec.commandLine().getErr().println("recipient: " + made.recipient());
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void write(Path file, String text) {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.PROBLEM,
                    file
                            + " exists already and may be the only key of a backup, so it is not replaced; name another file");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PROBLEM,
                    "the identity could not be written: " + FileProblem.text(e) + "; name another file");
        }
    }
}
