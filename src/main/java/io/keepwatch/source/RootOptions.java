package io.keepwatch.source;

import io.keepwatch.unit.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One watched directory and what of it is backed up.
 *
 * @param name unique on a host; part of every stored key
 * @param path absolute; may be a symlink, which is followed, unlike every link beneath it
 * @param include gitignore patterns; when there are any, only what they match is backed up, and the directories on the way
 * @param exclude gitignore patterns; they win over {@code include}
 * @param excludeCaches whether a directory with a CACHEDIR.TAG is stored without its other content
 * @param maxSize larger regular files are skipped
 * @param oneFileSystem whether file systems mounted beneath the root are left out
 * @param neverWatch absolute paths of Keepwatch's own state, which would otherwise back up itself without end
 */
public record RootOptions(
        String name,
        Path path,
        List<String> include,
        List<String> exclude,
        boolean excludeCaches,
        Optional<ByteSize> maxSize,
        boolean oneFileSystem,
        List<Path> neverWatch) {

    /** Throws IllegalArgumentException for a blank name, a relative path and a pattern that can match nothing. */
    public RootOptions {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the root of \"" + path + "\" has no name; give it one");
        }
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(
                    "the path \"" + path + "\" of root \"" + name + "\" is relative; write it from / on");
        }
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        neverWatch = List.copyOf(neverWatch);
        include.forEach(IgnorePatterns::check);
        exclude.forEach(IgnorePatterns::check);
    }

    /** Everything beneath the path on its own file system. */
    public static RootOptions of(String name, Path path) {
        return new RootOptions(name, path, List.of(), List.of(), false, Optional.empty(), true, List.of());
    }
}
