package io.keepwatch.action.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program and all that it started. Where there is setsid (Linux), the program leads a session of its own, and a signal
 * reaches its whole group, also processes that were left behind by their parents; elsewhere those that descend from it.
 */
final class ProcessGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
    private static final Optional<Path> SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    private final Process process;

    ProcessGroup(Process process) {
        this.process = process;
    }

    /** The command that makes this one the leader of a group. */
    static List<String> leading(List<String> command) {
        List<String> whole = new ArrayList<>();
        SETSID.ifPresent(setsid -> whole.addAll(List.of(setsid.toString(), "--")));
        whole.addAll(command);
        return whole;
    }

    /** Ends all of them: TERM, and KILL for what is left after a while. Blocks until then. */
    synchronized void end(Duration grace) {
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        if (SETSID.isPresent()) {
            signal("TERM");
        } else {
            family.forEach(ProcessHandle::destroy);
        }
        await(family, grace);
        if (SETSID.isPresent()) {
            signal("KILL");
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static void await(List<ProcessHandle> family, Duration grace) {
        try {
            CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("a command goes on in spite of TERM and is killed");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The shell's own kill, because a minimal system has no program of this name. The arguments are a fixed word and a
    // number.
    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder(
                            "/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", name, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.error("a command cannot be ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
