package io.keepwatch.file;

import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An entry by its path, with what every Java platform offers: no link is followed, but what lies behind the path may be
 * exchanged between two calls. Keeps only {@code user.*} attributes, and times as exact as this Java sets them.
 */
sealed class PortableEntry implements HeldEntry permits PortableDirectory {
    private static final String USER = "user.";

    private final Path path;

    PortableEntry(Path path) {
        this.path = path;
    }

    final Path path() {
        return path;
    }

    static Owner owner(Path path, LinkOption... options) throws IOException {
        Map<String, Object> names = Files.readAttributes(path, "posix:owner,group", options);
        if (names.get("owner") instanceof UserPrincipal user && names.get("group") instanceof GroupPrincipal group) {
            return new Owner(user.getName(), group.getName());
        }
        throw new IOException("\"" + path + "\" has no owner and group; its file system is not a POSIX one");
    }

    @Override
    public FileStat stat() throws IOException {
        return StatReader.lstat(path);
    }

    @Override
    public Bytes linkTarget() throws IOException {
        Path target = Files.readSymbolicLink(path);
        if (!target.isAbsolute()) {
            return Bytes.of(PathBytes.of(target));
        }
        byte[] relative = PathBytes.of(Path.of("/").relativize(target));
        byte[] absolute = new byte[relative.length + 1];
        absolute[0] = '/';
        System.arraycopy(relative, 0, absolute, 1, relative.length);
        return Bytes.of(absolute);
    }

    @Override
    public Owner owner() throws IOException {
        return owner(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<Holes> holes() {
        return Optional.empty();
    }

    @Override
    public FileChannel read() throws IOException {
        FileType type = stat().type();
        if (type != FileType.REGULAR) {
            throw new ContentChangedException(shown(), "is no regular file but a " + type);
        }
        return FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public List<Xattr> xattrs() throws IOException {
        UserDefinedFileAttributeView view = view();
        if (view == null || stat().type() == FileType.SYMLINK) {
            return List.of();
        }
        List<Xattr> found = new ArrayList<>();
        for (String name : view.list()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            found.add(new Xattr(USER + name, Bytes.of(value.array())));
        }
        found.sort(Comparator.comparing(Xattr::name));
        return found;
    }

    @Override
    public void setXattrs(List<Xattr> wanted) throws IOException {
        UserDefinedFileAttributeView view = view();
        if (view == null || wanted.stream().anyMatch(xattr -> !xattr.name().startsWith(USER))) {
            throw new java.nio.file.FileSystemException(
                    shown(), null, "this host sets no extended attributes but user.* through Java");
        }
        Set<String> kept = wanted.stream().map(Xattr::name).collect(Collectors.toSet());
        for (String name : view.list()) {
            if (!kept.contains(USER + name)) {
                view.delete(name);
            }
        }
        for (Xattr xattr : wanted) {
            view.write(
                    xattr.name().substring(USER.length()),
                    ByteBuffer.wrap(xattr.value().toArray()));
        }
    }

    private @Nullable UserDefinedFileAttributeView view() {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void setOwner(int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void setMode(int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void setModified(Instant modified) throws IOException {
        BasicFileAttributeView view =
                Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new NoSuchFileException(shown());
        }
        view.setTimes(FileTime.from(modified), null, null);
    }

    final String shown() {
        return DisplayText.of(path.toString());
    }

    @Override
    public final void close() {}
}
