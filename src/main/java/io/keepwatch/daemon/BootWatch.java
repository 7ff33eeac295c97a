package io.keepwatch.daemon;

import io.keepwatch.probe.linux.BootServices;
import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * Tells at once when a service may have been enabled or disabled: watches the folders that hold links and drop-ins. It is a hint only;
 * where the kernel gives no watch, or loses one, the probe finds the change at its next read.
 */
final class BootWatch implements DirectoryChangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BootWatch.class);
    private static final Pattern LINKS = Pattern.compile(".*\\.(wants|requires|upholds|d)");

    private final BootServices services;
    private final ThreadFactory threads;
    private final Runnable changed;
    private Optional<DirectoryWatcher> watcher = Optional.empty();
    private boolean closed;

    /** @param changed is called on the thread of the watch, for each link, and must return at once */
    BootWatch(BootServices services, ThreadFactory threads, Runnable changed) {
        this.services = services;
        this.threads = threads;
        this.changed = changed;
    }

    /** Registers the folders, and returns. A folder that is made later is watched where its parent is. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // an end of the watch is told by onException, and the probe reads anyway
    synchronized void start() {
        if (closed) {
            return;
        }
        try {
            List<Path> folders = folders();
            if (folders.isEmpty()) {
                return;
            }
            DirectoryWatcher made = DirectoryWatcher.builder()
                    .paths(folders)
                    .fileHashing(false)
                    .fileTreeVisitor((folder, onFolder, onFile) -> {
                        // Other folders beneath hold nothing that enables a service.
                        if (folders.contains(folder)
                                || LINKS.matcher(folder.toString()).matches()) {
                            onFolder.call(folder);
                        }
                    })
                    .listener(this)
                    .logger(NOPLogger.NOP_LOGGER)
                    .build();
            watcher = Optional.of(made);
            made.watchAsync(loop -> threads.newThread(loop).start());
        } catch (IOException e) {
            onException(e);
        }
    }

    /** Each once: on many hosts /lib is a link to /usr/lib. */
    private List<Path> folders() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Path folder : services.folders()) {
            if (Files.isDirectory(folder)) {
                folders.add(folder.toRealPath());
            }
        }
        return List.copyOf(folders);
    }

    @Override
    public void onEvent(DirectoryChangeEvent event) {
        changed.run();
    }

    @Override
    public void onException(Exception e) {
        LOG.info(
                "services that are enabled are seen at the next read of service.boot, because their folders cannot be watched: {}",
                e.toString());
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (watcher.isPresent()) {
                watcher.get().close();
            }
        } catch (IOException e) {
            LOG.debug("the watch of boot services did not close: {}", e.toString());
        }
    }
}
