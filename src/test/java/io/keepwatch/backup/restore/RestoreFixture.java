package io.keepwatch.backup.restore;

import io.keepwatch.file.TreeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A source tree that is backed up in memory, and a place to restore it to. */
abstract class RestoreFixture {
    @TempDir
    Path temporary;

    final ExecutorService executor = Executors.newFixedThreadPool(4);
    Path source = Path.of("");
    Path target = Path.of("");

    @BeforeEach
    void make_directories() throws IOException {
        source = Files.createDirectory(temporary.toRealPath().resolve("source"));
        target = temporary.toRealPath().resolve("target");
    }

    @AfterEach
    void stop_threads() {
        executor.shutdownNow();
    }

    Path write(String path, String text) throws IOException {
        Path file = source.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    MemoryBackup backup() throws IOException {
        return MemoryBackup.of("data", source);
    }

    RestoreReport restore(MemoryBackup backup, RestoreRequest request) throws IOException {
        List<RestoreRoot> roots = List.of(new RestoreRoot("data", source));
        return new Restorer(backup, backup, roots, executor, 4).restore(request, progress -> {});
    }

    /** All of the root into the target. */
    RestoreReport restoreAll(MemoryBackup backup) throws IOException {
        return restore(backup, all());
    }

    RestoreRequest all() {
        return RestoreRequest.of(List.of("data")).into(target);
    }

    List<String> differences() throws IOException {
        return TreeComparison.differences(source, target);
    }
}
