package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One watched folder.
 *
 * @param path absolute, without {@code .} and {@code ..}; need not exist yet
 * @param name unique among the roots; part of the object keys
 * @param include patterns of gitignore; when empty, everything is included
 * @param exclude patterns of gitignore
 * @param sqlite how a database is stored
 * @param excludeCaches whether folders marked by a CACHEDIR.TAG are left out
 */
public record RootConfig(
        Path path,
        String name,
        List<String> include,
        List<String> exclude,
        boolean excludeCaches,
        Optional<ByteSize> maxSize,
        boolean oneFileSystem,
        Sqlite sqlite) {
    /** How SQLite databases are stored. */
    public enum Sqlite {
        COPY,
        OFF
    }

    static final Key<Path> PATH =
            Key.required("path", Values.path("/etc"), "The folder, as an absolute path. It need not exist yet.");
    static final Key<String> NAME = Key.optional(
            "name",
            Values.text(
                    "a root name",
                    "etc",
                    Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"),
                    "1 to 100 letters, digits, dots, hyphens and underscores, and not begin with a dot"),
            "made from the path: `/srv/www` is `srv-www`",
            "The name of this root in the bucket and in commands.");
    static final Key<List<String>> INCLUDE = Key.of(
            "include",
            Values.listOf(FilePattern.type("\"*.conf\"")),
            "[]",
            "Patterns in the syntax of `.gitignore`. When there are any, only files that match one are backed up.");
    static final Key<List<String>> EXCLUDE = Key.of(
            "exclude",
            Values.listOf(FilePattern.type("\"*.swp\"")),
            "[]",
            "Patterns in the syntax of `.gitignore`. Files that match one are not backed up.");
    static final Key<Boolean> EXCLUDE_CACHES = Key.of(
            "exclude_caches", Values.bool(), "true", "Leave out folders that programs mark with a `CACHEDIR.TAG`.");
    static final Key<ByteSize> MAX_SIZE = Key.optional(
            "max_size",
            Values.size("10GiB", new ByteSize(1)),
            "no limit",
            "Larger files are not backed up; each is named in the status.");
    static final Key<Boolean> ONE_FILE_SYSTEM = Key.of(
            "one_file_system", Values.bool(), "true", "Do not descend into other file systems mounted below the root.");
    static final Key<Sqlite> SQLITE = Key.of(
            "sqlite",
            Values.choice(Sqlite.class),
            "copy",
            "How SQLite databases are stored. `copy`: as SQLite's own backup copies them, consistent while programs write,"
                    + " with all that is only in the `-wal` file. `off`: each file as its bytes are.");
    static final Section<RootConfig> SECTION = Section.of(
            List.of(PATH, NAME, INCLUDE, EXCLUDE, EXCLUDE_CACHES, MAX_SIZE, ONE_FILE_SYSTEM, SQLITE), RootConfig::read);

    public RootConfig {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    private static Optional<RootConfig> read(YamlMap map) {
        Optional<Path> path = map.find(PATH);
        Optional<String> name = map.find(NAME);
        List<String> include = map.get(INCLUDE);
        List<String> exclude = map.get(EXCLUDE);
        boolean excludeCaches = map.get(EXCLUDE_CACHES);
        Optional<ByteSize> maxSize = map.find(MAX_SIZE);
        boolean oneFileSystem = map.get(ONE_FILE_SYSTEM);
        Sqlite sqlite = map.get(SQLITE);
        return path.map(p -> new RootConfig(
                p, name.orElseGet(() -> nameOf(p)), include, exclude, excludeCaches, maxSize, oneFileSystem, sqlite));
    }

    /** Depends on the path alone, so that adding a root never renames another one in the bucket. */
    static String nameOf(Path path) {
        String text = RawPath.between(Path.of("/"), path).toString();
        String name = text.replaceAll("[^A-Za-z0-9._]+", "-").replaceFirst("^\\.+", "");
        return name.isEmpty() ? "root" : name.substring(0, Math.min(100, name.length()));
    }
}
