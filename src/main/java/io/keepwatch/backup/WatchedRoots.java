package io.keepwatch.backup;

import io.keepwatch.file.RawPath;
import io.keepwatch.file.RootDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The configured roots by name, for reading. Any thread. */
public final class WatchedRoots {
    private final Map<String, Path> paths;
    private final Function<Path, RootDirectory> opening;
    /** By real path: each remembers the names of owners, and finding one may mean asking an LDAP server. */
    private final Map<Path, RootDirectory> opened = new ConcurrentHashMap<>();

    public WatchedRoots(Map<String, Path> paths) {
        this(paths, RootDirectory::new);
    }

    private WatchedRoots(Map<String, Path> paths, Function<Path, RootDirectory> opening) {
        this.paths = new LinkedHashMap<>(paths);
        this.opening = opening;
    }

    /** Roots as a snapshot shows them, at these paths; {@code device} is that of the file system it was made of. */
    public static WatchedRoots inSnapshot(Map<String, Path> paths, long device) {
        return new WatchedRoots(paths, path -> RootDirectory.inSnapshot(path, device));
    }

    /** Empty where the configuration has no such root any more; throws where it is not there at present. */
    public Optional<RootDirectory> open(String name) throws IOException {
        Path path = paths.get(name);
        return path == null ? Optional.empty() : Optional.of(opened.computeIfAbsent(path.toRealPath(), opening));
    }

    public Map<String, Path> paths() {
        return Map.copyOf(paths);
    }

    /** The innermost root that holds an absolute path, and the path beneath it. */
    public Optional<Located> locate(Path absolute) {
        return paths.entrySet().stream()
                .filter(root -> absolute.startsWith(root.getValue()))
                .max(Comparator.comparingInt(root -> root.getValue().getNameCount()))
                .map(root -> new Located(root.getKey(), RawPath.between(root.getValue(), absolute)));
    }

    /** A path as the catalog knows it. */
    public record Located(String root, RawPath path) {}
}
