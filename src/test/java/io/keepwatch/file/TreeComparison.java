package io.keepwatch.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares two directory trees completely: names, types, bytes, mode, owner, time of modification to the nanosecond,
 * extended attributes and ACLs, link targets, device numbers, and which names are hard links of one file.
 */
public final class TreeComparison {
    private final RootDirectory root;
    private final Map<RawPath, String> lines = new TreeMap<>();
    private final Map<Long, RawPath> firstNames = new HashMap<>();

    private TreeComparison(Path directory) throws IOException {
        this.root = new RootDirectory(directory.toRealPath());
    }

    /** One sentence for each path that differs; empty when the trees are equal. */
    public static List<String> differences(Path expected, Path actual) throws IOException {
        Map<RawPath, String> wanted = describe(expected);
        Map<RawPath, String> found = describe(actual);
        List<String> differences = new ArrayList<>();
        wanted.forEach((path, line) -> {
            String other = found.remove(path);
            if (!line.equals(other)) {
                differences.add(
                        "\"" + path + "\" should be " + line + " but is " + (other == null ? "missing" : other));
            }
        });
        found.forEach((path, line) -> differences.add("\"" + path + "\" should not be there but is " + line));
        return differences;
    }

    /** Everything that counts about each path, as a line of text. */
    public static Map<RawPath, String> describe(Path directory) throws IOException {
        TreeComparison tree = new TreeComparison(directory);
        tree.visit(RawPath.ROOT);
        return tree.lines;
    }

    private void visit(RawPath path) throws IOException {
        FileMeta meta = root.meta(path);
        FileStat stat = meta.stat();
        lines.put(path, line(path, meta));
        if (stat.type() == FileType.DIRECTORY) {
            List<byte[]> names = new ArrayList<>(root.names(path));
            names.sort(Comparator.comparing(RawPath::of));
            for (byte[] name : names) {
                visit(path.child(name));
            }
        }
    }

    private String line(RawPath path, FileMeta meta) throws IOException {
        FileStat stat = meta.stat();
        StringBuilder line = new StringBuilder()
                .append(stat.type())
                .append(String.format(" mode %04o", stat.mode()))
                .append(" owner " + stat.uid() + ":" + stat.gid())
                .append(" modified " + stat.modified());
        if (stat.type() == FileType.REGULAR) {
            Sha256 hash = new FileHasher(root).hash(path).hash();
            line.append(" size " + stat.sizeBytes() + " sha256 " + hash);
        }
        if (stat.type() != FileType.DIRECTORY && stat.links() > 1) {
            line.append(" same file as \"" + firstNames.computeIfAbsent(stat.inode(), inode -> path) + "\"");
        }
        meta.linkTarget().ifPresent(target -> line.append(" target \"" + target + "\""));
        if (stat.deviceNumber() != 0) {
            line.append(" device " + stat.deviceNumber());
        }
        meta.xattrs()
                .forEach(xattr -> line.append(
                        " " + xattr.name() + "=" + Arrays.toString(xattr.value().toArray())));
        return line.toString();
    }
}
