package io.keepwatch.cli;

import io.keepwatch.backup.WatchedRoots;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.config.Config;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.DisplayText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

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
        return new StoredBackup(config, CatalogReader.open(config.state()));
    }

    Config config() {
        return config;
    }

    CatalogReader catalog() {
        return catalog;
    }

    /**
     * The root that holds a path, absolute or relative to the working directory; ends with exit code 6 if none does. A name
     * that the backup does not know is read as {@code ls} shows it too, where {@code \\xff} is one byte.
     */
    WatchedRoots.Located locate(Path path) {
        WatchedRoots.Located located = locate(config, path);
        if (isKnown(located)) {
            return located;
        }
        WatchedRoots.Located shown = new WatchedRoots.Located(located.root(), asShown(located.path()));
        return isKnown(shown) ? shown : located;
    }

    /** The same by the configuration alone. */
    static WatchedRoots.Located locate(Config config, Path path) {
        Map<String, Path> roots = new LinkedHashMap<>();
        config.roots().forEach(root -> roots.put(root.name(), root.path()));
        Path absolute = path.toAbsolutePath().normalize();
        return new WatchedRoots(roots)
                .locate(absolute)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "\"" + absolute + "\" is beneath no root; the roots are "
                                + roots.values().stream().map(Path::toString).collect(Collectors.joining(", "))));
    }

    /** Whether the backup has, or had, something exactly there. */
    boolean isKnown(WatchedRoots.Located located) {
        return !catalog.versions(located.root(), located.path()).isEmpty();
    }

    private static RawPath asShown(RawPath path) {
        try {
            return path.text().map(DisplayText::bytes).map(RawPath::of).orElse(path);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    @Override
    public void close() {
        catalog.close();
    }
}
