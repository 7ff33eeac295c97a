package io.keepwatch.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder of small real programs that stand in for the tools of a host, and print what a real one printed. */
public final class ScriptedTools {
    private final Path folder;

    public ScriptedTools(Path folder) {
        this.folder = folder;
    }

    /** A program that prints a text and ends with an exit code, whatever it is asked. */
    public ScriptedTools prints(Tool tool, String text, int exitCode) {
        try {
            Path answer = folder.resolve(tool.program() + ".out");
            Files.writeString(answer, text);
            return script(tool, "cat '" + answer + "'; exit " + exitCode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program with this body, in the language of sh. */
    public ScriptedTools script(Tool tool, String body) {
        try {
            Path program = folder.resolve(tool.program());
            Files.writeString(program, "#!/bin/sh\n" + body + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ToolRunner runner() {
        return new ToolRunner(List.of(folder));
    }

    /** A file of src/test/resources/host. */
    public static String captured(String name) {
        try (InputStream in = ScriptedTools.class.getResourceAsStream("/host/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no /host/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
