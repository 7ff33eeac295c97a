package io.keepwatch.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A directory by its path; each part of the path is checked not to be a link right before it is used. */
final class PortableDirectory extends PortableEntry implements HeldDirectory {
    private PortableDirectory(Path path) {
        super(path);
    }

    static PortableDirectory open(Path realPath) throws IOException {
        PortableDirectory at = new PortableDirectory(Path.of("/"));
        for (Path name : realPath.toAbsolutePath()) {
            at = at.sub(at.path().resolve(name));
        }
        return at;
    }

    private PortableDirectory sub(Path path) throws IOException {
        PortableDirectory directory = new PortableDirectory(path);
        if (StatReader.lstat(path).type() != FileType.DIRECTORY) {
            throw new NoSuchFileException(directory.shown(), null, "a part of it is a link or no directory");
        }
        return directory;
    }

    private Path at(byte[] name) {
        return RawPath.of(name).under(path());
    }

    @Override
    public PortableDirectory directory(byte[] name) throws IOException {
        return sub(at(name));
    }

    @Override
    public PortableDirectory again() throws IOException {
        return sub(path());
    }

    @Override
    public PortableEntry entry(byte[] name) throws IOException {
        PortableEntry entry = new PortableEntry(at(name));
        entry.stat();
        return entry;
    }

    @Override
    public List<byte[]> names() throws IOException {
        List<byte[]> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path())) {
            for (Path entry : entries) {
                names.add(PathBytes.of(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public FileChannel createFile(byte[] name) throws IOException {
        return FileChannel.open(
                at(name), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"));
    }

    @Override
    public void createDirectory(byte[] name) throws IOException {
        Files.createDirectory(at(name), only("rwx------"));
    }

    private static FileAttribute<?> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    @Override
    public void createLink(byte[] name, Bytes target) throws IOException {
        byte[] bytes = target.toArray();
        boolean absolute = bytes.length > 0 && bytes[0] == '/';
        byte[] relative = absolute ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        Files.createSymbolicLink(at(name), PathBytes.resolve(Path.of(absolute ? "/" : ""), relative));
    }

    @Override
    public void createNode(byte[] name, FileType type, long deviceNumber) throws IOException {
        throw new FileSystemException(at(name).toString(), null, "on this host Keepwatch cannot make a " + type);
    }

    @Override
    public void createHardLink(byte[] name, HeldEntry existing) throws IOException {
        Files.createLink(at(name), portable(existing).path());
    }

    @Override
    public void move(byte[] name, HeldDirectory to, byte[] newName, boolean replace) throws IOException {
        Path target = RawPath.of(newName).under(portable(to).path());
        if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(at(name), target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void removeFile(byte[] name) throws IOException {
        Path file = at(name);
        if (StatReader.lstat(file).type() == FileType.DIRECTORY) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        Files.delete(file);
    }

    @Override
    public void removeDirectory(byte[] name) throws IOException {
        sub(at(name));
        Files.delete(at(name));
    }

    @Override
    public void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(path(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public FreeSpace freeSpace() throws IOException {
        FileStore store = Files.getFileStore(path());
        return new FreeSpace(store.getUsableSpace(), Long.MAX_VALUE);
    }

    private static PortableEntry portable(HeldEntry entry) {
        if (entry instanceof PortableEntry held) {
            return held;
        }
        throw new IllegalArgumentException("an entry of Linux and one of another host cannot be combined");
    }
}
