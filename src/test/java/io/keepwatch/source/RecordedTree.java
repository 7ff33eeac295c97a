package io.keepwatch.source;

import io.keepwatch.event.FileSkipped;
import io.keepwatch.file.Bytes;
import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.StatReader;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A record in memory that a comparison reads and updates, as the catalog does. */
final class RecordedTree implements KnownFiles, ReconcileSink {
    final List<String> told = new ArrayList<>();
    private final Map<RawPath, Map<Bytes, KnownFile>> directories = new TreeMap<>();

    @Override
    public synchronized List<KnownFile> children(RawPath directory) {
        return List.copyOf(directories.getOrDefault(directory, Map.of()).values());
    }

    @Override
    public synchronized Optional<KnownFile> known(RawPath path) {
        RawPath parent = path.parent().orElseThrow();
        return Optional.ofNullable(directories.getOrDefault(parent, Map.of()).get(Bytes.of(path.name())));
    }

    @Override
    public synchronized void changed(List<ObservedFile> batch) {
        for (ObservedFile file : batch) {
            put(file.path(), file.stat(), false);
            told.add("changed " + file.path());
        }
    }

    synchronized void put(RawPath path, FileStat stat, boolean racy) {
        Bytes name = Bytes.of(path.name());
        directories
                .computeIfAbsent(path.parent().orElseThrow(), key -> new HashMap<>())
                .put(name, new KnownFile(name, stat, racy));
    }

    @Override
    public synchronized void gone(RawPath path, boolean wasDirectory) {
        told.add((wasDirectory ? "gone directory " : "gone ") + path);
        directories.keySet().removeIf(directory -> directory.isWithin(path));
        directories.getOrDefault(path.parent().orElseThrow(), new HashMap<>()).remove(Bytes.of(path.name()));
    }

    @Override
    public synchronized void skipped(FileSkipped event) {
        told.add("skipped " + event.path() + ": " + event.reason());
    }

    /** What was told since the last call, sorted. */
    synchronized List<String> takeTold() {
        List<String> all = new ArrayList<>(told);
        told.clear();
        all.sort(null);
        return all;
    }

    /** Every path with what a restore would need to know, to be compared with {@link #onDisk}. */
    synchronized Map<RawPath, String> onRecord() {
        Map<RawPath, String> all = new TreeMap<>();
        directories.forEach((directory, files) ->
                files.forEach((name, file) -> all.put(directory.child(name.toArray()), text(file.stat()))));
        return all;
    }

    static Map<RawPath, String> onDisk(Path root) throws IOException {
        Map<RawPath, String> all = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return directory.equals(root) ? FileVisitResult.CONTINUE : visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                all.put(RawPath.between(root, file), text(StatReader.lstat(file)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    private static String text(FileStat stat) {
        String size = stat.type() == FileType.DIRECTORY ? "" : " size " + stat.sizeBytes();
        return stat.type() + size + " inode " + stat.inode() + " mode " + stat.mode() + " modified " + stat.modified()
                + " changed " + stat.changed();
    }
}
