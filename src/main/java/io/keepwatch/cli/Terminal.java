package io.keepwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person watches an output. Where the system does not tell, nobody does: a plain line harms no terminal. */
final class Terminal {
    private final Path descriptors;

    /** The folder with a link for each open descriptor, {@code /proc/self/fd} on Linux. */
    Terminal(Path descriptors) {
        this.descriptors = descriptors;
    }

    // System.console() speaks of stdin and stdout, and from JDK 22 on it is there without any terminal.
    boolean isErr() {
        return isTerminal("2");
    }

    boolean isOut() {
        return isTerminal("1");
    }

    private boolean isTerminal(String descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(descriptors.resolve(descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
