package io.keepwatch.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Changes a tree at random as programs do: new files and directories, appends, changes in place, atomic replacement, renames
 * of files and directories, deletions, modes, symlinks, hard links, and a file that becomes a directory. The same seed makes
 * the same changes, as far as the file system lists directories in the same order.
 *
 * <p>One thing it never does: to remove a name of a file that was linked in the same call of {@link #steps}. What was written
 * through a name that is gone before anybody looked shows only in a comparison of the other names.
 */
final class TreeChurn {
    private static final int MANY_FILES = 400;

    private final Path root;
    private final Random random;
    private final Set<Object> justLinked = new HashSet<>();
    private int made;

    TreeChurn(Path root, long seed) {
        this.root = root;
        this.random = new Random(seed);
    }

    void steps(int count) {
        justLinked.clear();
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    /** One change; where it cannot be made (the directory is gone by now), nothing happens. */
    void step() {
        try {
            change(random.nextInt(100));
        } catch (NoSuchFileException | FileAlreadyExistsException | NotDirectoryException e) {
            // Two changes met in one place, as they do in life; the next step goes on.
            made++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(int dice) throws IOException {
        List<Path> all = entries();
        List<Path> files = all.stream().filter(Files::isRegularFile).toList();
        List<Path> directories = Stream.concat(
                        Stream.of(root),
                        all.stream().filter(path -> Files.isDirectory(path) && !Files.isSymbolicLink(path)))
                .toList();
        Path directory = pick(directories);
        if (files.size() > MANY_FILES) {
            delete(pick(files));
        } else if (dice < 25 || files.size() < 3) {
            Files.write(fresh(directory), bytes(random.nextInt(8000)));
        } else if (dice < 35) {
            Files.write(pick(files), bytes(100), StandardOpenOption.APPEND);
        } else if (dice < 45) {
            Files.write(pick(files), bytes(random.nextInt(5000)));
        } else if (dice < 55) {
            Path target = pick(files);
            if (isJustLinked(target)) {
                return;
            }
            Path part = Files.write(target.resolveSibling("part-" + made++), bytes(3000));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } else if (dice < 63) {
            Files.move(pick(files), fresh(directory));
        } else if (dice < 70) {
            delete(pick(files));
        } else if (dice < 77) {
            Files.createDirectories(fresh(directory).resolve("deep/er"));
        } else if (dice < 81) {
            Files.setPosixFilePermissions(
                    pick(files), PosixFilePermissions.fromString(random.nextBoolean() ? "rw-r-----" : "rwxr-xr-x"));
        } else if (dice < 85) {
            Files.createSymbolicLink(fresh(directory), Path.of("target-" + random.nextInt(9)));
        } else if (dice < 89) {
            Path link = Files.createLink(fresh(directory), pick(files));
            justLinked.add(key(link));
        } else if (dice < 93) {
            Path file = pick(files);
            if (delete(file)) {
                Files.createDirectories(file.resolve("was-a-file"));
            }
        } else {
            changeDirectory(directory, directories);
        }
    }

    private void changeDirectory(Path directory, List<Path> directories) throws IOException {
        if (directory.equals(root)) {
            return;
        }
        Path target = pick(directories);
        if (random.nextBoolean() && !target.startsWith(directory)) {
            Files.move(directory, fresh(target));
        } else if (random.nextInt(3) == 0) {
            try (Stream<Path> tree = Files.walk(directory)) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    if (isJustLinked(path)) {
                        return;
                    }
                }
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
    }

    private boolean delete(Path file) throws IOException {
        boolean may = !isJustLinked(file);
        if (may) {
            Files.delete(file);
        }
        return may;
    }

    private boolean isJustLinked(Path path) throws IOException {
        return justLinked.contains(key(path));
    }

    private static Object key(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(root)) {
            tree.filter(path -> !path.equals(root)).forEach(entries::add);
        }
        return entries;
    }

    private Path fresh(Path directory) {
        return directory.resolve("n" + made++);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
