package io.keepwatch.probe;

import io.keepwatch.unit.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program of the host: found by its absolute path in fixed folders, never through a shell, with an environment of
 * its own, a time-out and bounded output. Safe for many threads; blocks.
 */
public final class ToolRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);
    private static final List<Path> SYSTEM_FOLDERS = Stream.of(
                    "/usr/sbin",
                    "/usr/bin",
                    "/sbin",
                    "/bin",
                    "/usr/local/sbin",
                    "/usr/local/bin",
                    "/opt/MegaRAID/storcli",
                    "/opt/MegaRAID/perccli",
                    "/usr/Arcconf")
            .map(Path::of)
            .toList();
    private static final Map<String, String> ENVIRONMENT =
            Map.of("LC_ALL", "C", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "HOME", "/");
    /** What lvs, zpool, ssacli and others say to a user who is not root. */
    private static final Pattern NO_RIGHTS = Pattern.compile(
            "permission denied|operation not permitted|non-root user|root (user|privileges|permission)|(as|be) root"
                    + "|administrat(or|ive) (rights|privileges)",
            Pattern.CASE_INSENSITIVE);

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<Path> folders;
    private final Set<Tool> told = EnumSet.noneOf(Tool.class);

    /** @param folders where programs are looked for, in this order */
    public ToolRunner(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    public static ToolRunner ofThisHost() {
        return new ToolRunner(SYSTEM_FOLDERS);
    }

    public Optional<Path> find(Tool tool) {
        return folders.stream()
                .map(folder -> folder.resolve(tool.program()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs the tool and waits for its end. Empty where it is not installed, which the log tells once. Throws IOException
     * where it cannot be started or does not end in time; what its exit code means is the caller's affair.
     */
    public Optional<ToolOutput> run(Tool tool, Duration timeOut, String... arguments) throws IOException {
        Optional<Path> program = find(tool);
        if (program.isEmpty()) {
            tell(tool);
            return Optional.empty();
        }
        List<String> command = Stream.concat(Stream.of(program.get().toString()), Arrays.stream(arguments))
                .toList();
        return Optional.of(run(command, timeOut));
    }

    /**
     * As {@link #run}, for a tool whose answer a probe only reports: one that says it lacks the rights will say so each time,
     * and so it is empty as if the tool were not installed, which the log tells once with its words.
     */
    public Optional<ToolOutput> ask(Tool tool, Duration timeOut, String... arguments) throws IOException {
        Optional<ToolOutput> output = run(tool, timeOut, arguments);
        Optional<String> barred = output.flatMap(ToolRunner::barred);
        barred.ifPresent(words -> tell(tool, words));
        return barred.isPresent() ? Optional.empty() : output;
    }

    private static Optional<String> barred(ToolOutput output) {
        return output.exitCode() == 0
                ? Optional.empty()
                : Stream.concat(output.err().lines(), output.out().lines())
                        .map(String::strip)
                        .filter(line -> NO_RIGHTS.matcher(line).find())
                        .findFirst();
    }

    /**
     * As {@link #run}, for a tool whose work has to succeed: throws where it is missing, with its package, and where its exit
     * code is not 0, with its first word about it.
     */
    public ToolOutput need(Tool tool, Duration timeOut, String... arguments) throws IOException {
        ToolOutput output = run(tool, timeOut, arguments).orElseThrow(() -> new IOException(tool.missing()));
        if (output.exitCode() != 0) {
            throw refused(tool, arguments, output);
        }
        return output;
    }

    /**
     * As {@link #need}, for a tool that removes something: what is gone already is no failure.
     *
     * @param gone part of what the tool says then
     */
    public void needGone(String gone, Tool tool, Duration timeOut, String... arguments) throws IOException {
        ToolOutput output = run(tool, timeOut, arguments).orElseThrow(() -> new IOException(tool.missing()));
        if (output.exitCode() != 0 && !(output.out() + output.err()).contains(gone)) {
            throw refused(tool, arguments, output);
        }
    }

    private static IOException refused(Tool tool, String[] arguments, ToolOutput output) {
        return new IOException(
                tool.program() + " " + String.join(" ", arguments) + " was refused: " + output.firstError());
    }

    private synchronized void tell(Tool tool, String words) {
        if (told.add(tool)) {
            LOG.info(
                    "{} lacks the rights it needs, so what only it can tell is not read: run Keepwatch as root; it says: {}",
                    tool.program(),
                    words);
        }
    }

    private synchronized void tell(Tool tool) {
        if (told.add(tool)) {
            LOG.info(
                    "{} is not installed, so what only it can tell is not read: install {}",
                    tool.program(),
                    tool.packageName());
        }
    }

    private static ToolOutput run(List<String> command, Duration timeOut) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        ToolStream out = ToolStream.of(process.getInputStream());
        ToolStream err = ToolStream.of(process.getErrorStream());
        try {
            if (!process.waitFor(timeOut.toMillis(), TimeUnit.MILLISECONDS)) {
                stop(process);
                throw new IOException(String.join(" ", command) + " did not end within " + DurationText.of(timeOut)
                        + " and was stopped: run it by hand to see what it waits for");
            }
            return new ToolOutput(process.exitValue(), out.text(GRACE), err.text(GRACE));
        } catch (InterruptedException e) {
            stop(process);
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was stopped because Keepwatch stops", e);
        } finally {
            out.close();
            err.close();
        }
    }

    private static void stop(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
