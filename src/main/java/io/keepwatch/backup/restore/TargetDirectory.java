package io.keepwatch.backup.restore;

import io.keepwatch.file.HeldDirectory;
import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a root's files go. A target that the user names may lead through links; the place where files were may not: a link
 * in it would be somebody's change, and would send them elsewhere.
 */
record TargetDirectory(Path path, boolean namedByUser) {

    static TargetDirectory of(Optional<Path> target, RestoreRoot root, boolean severalRoots) throws RestoreException {
        if (target.isEmpty()) {
            return new TargetDirectory(root.path(), false);
        }
        if (!severalRoots) {
            return new TargetDirectory(target.get(), true);
        }
        RawPath name = RawPath.of(root.name());
        if (name.segments().size() != 1) {
            throw new RestoreException("the root \"" + root.name() + "\" cannot be a directory's name:"
                    + " restore it alone into a directory of its own");
        }
        return new TargetDirectory(name.under(target.get()), true);
    }

    /** Empty when it does not exist. */
    Optional<HeldDirectory> open() throws IOException {
        try {
            return Optional.of(HeldDirectory.open(namedByUser ? path.toRealPath() : path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens it, and makes it first where it is missing. */
    HeldDirectory make() throws IOException {
        if (namedByUser) {
            Files.createDirectories(path);
            return HeldDirectory.open(path.toRealPath());
        }
        HeldDirectory at = HeldDirectory.open(Path.of("/"));
        for (byte[] name : RawPath.between(Path.of("/"), path).segments()) {
            try (HeldDirectory parent = at) {
                at = enterOrMake(parent, name);
            }
        }
        return at;
    }

    private static HeldDirectory enterOrMake(HeldDirectory parent, byte[] name) throws IOException {
        try {
            return parent.directory(name);
        } catch (NoSuchFileException e) {
            try {
                parent.createDirectory(name);
            } catch (FileAlreadyExistsException taken) {
                throw new RestoreException(
                        e.getFile() + " is a link or no directory, and files are not restored through"
                                + " links: give the target directory yourself");
            }
            return parent.directory(name);
        }
    }
}
