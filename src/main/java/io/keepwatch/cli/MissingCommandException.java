package io.keepwatch.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Keepwatch was called without a command: the answer is the whole help. */
final class MissingCommandException extends ParameterException {
    private static final long serialVersionUID = 1L;

    MissingCommandException(CommandLine line) {
        super(line, "a command is missing");
    }
}
