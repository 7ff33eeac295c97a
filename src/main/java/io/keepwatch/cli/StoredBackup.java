package io.keepwatch.cli;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogMissingException;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.config.Config;
import io.keepwatch.daemon.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The backup as a command reads it, beside a running daemon or without one: the catalog, and the store where needed. */
final class StoredBackup implements AutoCloseable {
    private final Config config;
    private final CatalogReader catalog;

    private StoredBackup(Config config, CatalogReader catalog) {
        this.config = config;
        this.catalog = catalog;
    }

    /** Ends the command with exit code 6 where there is no catalog yet. */
    static StoredBackup open(Config config) {
        try {
            return new StoredBackup(config, CatalogReader.open(config.state()));
        } catch (CatalogMissingException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    Config config() {
        return config;
    }

    CatalogReader catalog() {
        return catalog;
    }

    /** Ends the command with exit code 5 where the embedded store does not start. */
    static Backend backend(Config config) {
        try {
            return Backend.open(config, Clock.systemUTC());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.STORE, String.valueOf(e.getMessage()));
        }
    }

    /** The root that holds a path, absolute or relative to the working directory; ends with exit code 6 if none does. */
    WatchedRoots.Located locate(Path path) {
        Map<String, Path> roots = new LinkedHashMap<>();
        config.roots().forEach(root -> roots.put(root.name(), root.path()));
        Path absolute = path.toAbsolutePath().normalize();
        return new WatchedRoots(roots)
                .locate(absolute)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "\"" + absolute + "\" is beneath no root; the roots are "
                                + String.join(
                                        ", ",
                                        roots.values().stream()
                                                .map(Path::toString)
                                                .toList())));
    }

    @Override
    public void close() {
        catalog.close();
    }
}
