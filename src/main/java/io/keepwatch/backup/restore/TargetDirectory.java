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
 * Where files are restored to. What the user of this host names may lead through links. The place where files were may not, nor
 * a path that was resolved before: a link in it would be somebody's change, and would send the files elsewhere.
 */
public record TargetDirectory(Path path, boolean throughLinks) {
    /** An absolute path, as a user of this host writes it. */
    public static TargetDirectory named(Path path) {
        return new TargetDirectory(path, true);
    }

    /** A path that leads through no link, and must not when it is written to either. */
    public static TargetDirectory resolved(Path path) {
        return new TargetDirectory(path, false);
    }

    static TargetDirectory of(Optional<TargetDirectory> target, RestoreRoot root, boolean severalRoots)
            throws RestoreException {
        if (target.isEmpty()) {
            return resolved(root.path());
        }
        if (!severalRoots) {
            return target.get();
        }
        RawPath name = RawPath.of(root.name());
        if (name.segments().size() != 1) {
            throw new RestoreException("the root \"" + root.name() + "\" cannot be a directory's name:"
                    + " restore it alone into a directory of its own");
        }
        return new TargetDirectory(name.under(target.get().path()), target.get().throughLinks());
    }

    /** Empty when it does not exist. */
    Optional<HeldDirectory> open() throws IOException {
        try {
            return Optional.of(HeldDirectory.open(throughLinks ? path.toRealPath() : path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Opens it, and makes it first where it is missing. */
    HeldDirectory make() throws IOException {
        if (throughLinks) {
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
                                + " links: name another target directory");
            }
            return parent.directory(name);
        }
    }
}
