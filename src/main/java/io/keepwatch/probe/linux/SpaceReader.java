package io.keepwatch.probe.linux;

import io.keepwatch.file.FileSystemSpace;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks how full a mounted file system is. A network file system whose server is gone never answers, so it is asked on a
 * thread of its own and not again before that thread came back.
 */
final class SpaceReader {
    /** The question itself; blocks as long as the kernel does. */
    interface Statfs {
        FileSystemSpace at(RawPath point) throws IOException;
    }

    private final Statfs statfs;
    private final Duration patience;
    private final Map<RawPath, FutureTask<FileSystemSpace>> asked = new ConcurrentHashMap<>();

    SpaceReader(Statfs statfs, Duration patience) {
        this.statfs = statfs;
        this.patience = patience;
    }

    static SpaceReader ofThisHost() {
        return new SpaceReader(FileSystemSpace::at, Duration.ofSeconds(5));
    }

    /** Empty where the file system gives no answer in time. */
    Optional<FileSystemSpace> read(Mount mount) throws IOException {
        if (!mount.network()) {
            return Optional.of(statfs.at(mount.point()));
        }
        FutureTask<FileSystemSpace> known = asked.get(mount.point());
        if (known != null && !known.isDone()) {
            return Optional.empty();
        }
        FutureTask<FileSystemSpace> task = new FutureTask<>(() -> statfs.at(mount.point()));
        asked.put(mount.point(), task);
        Thread thread = new Thread(task, "keepwatch-statfs");
        thread.setDaemon(true);
        thread.start();
        return await(task);
    }

    private Optional<FileSystemSpace> await(FutureTask<FileSystemSpace> task) throws IOException {
        try {
            return Optional.of(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
