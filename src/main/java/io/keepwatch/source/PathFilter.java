package io.keepwatch.source;

import io.keepwatch.file.FileStat;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides what of a root is backed up. Immutable; any thread. */
public final class PathFilter {
    private final RootOptions options;
    private final Path realRoot;
    private final IgnorePatterns include;
    private final IgnorePatterns exclude;
    private final List<RawPath> ownState;

    /** @param realRoot the root's path with every symlink resolved */
    public PathFilter(RootOptions options, Path realRoot) {
        this.options = options;
        this.realRoot = realRoot;
        this.include = new IgnorePatterns(options.include());
        this.exclude = new IgnorePatterns(options.exclude());
        this.ownState = options.neverWatch().stream()
                .map(PathFilter::resolveLinks)
                .filter(path -> path.startsWith(realRoot))
                .map(path -> RawPath.between(realRoot, path))
                .toList();
    }

    private static Path resolveLinks(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            return parent == null || name == null ? path : resolveLinks(parent).resolve(name);
        }
    }

    /** Judges a path whose parents are known to be included. */
    public Verdict judge(RawPath path, FileStat stat) {
        Verdict byName = judgeName(path, stat.type() == FileType.DIRECTORY);
        if (byName != Verdict.INCLUDED) {
            return byName;
        }
        if (stat.type() == FileType.SOCKET) {
            return Verdict.SOCKET;
        }
        return isTooLarge(stat) ? Verdict.TOO_LARGE : Verdict.INCLUDED;
    }

    /** The same without a stat, as far as the name tells. */
    public Verdict judgeName(RawPath path, boolean isDirectory) {
        if (path.isRoot()) {
            return Verdict.INCLUDED;
        }
        if (ownState.stream().anyMatch(path::isWithin)) {
            return Verdict.OWN_STATE;
        }
        if (exclude.match(path, isDirectory).orElse(false)) {
            return Verdict.EXCLUDED;
        }
        boolean included = include.isEmpty()
                || include.matchOrInherited(path, isDirectory)
                || (isDirectory && include.mayMatchBeneath(path));
        return included ? Verdict.INCLUDED : Verdict.NOT_INCLUDED;
    }

    /** Judges the parents of a path, topmost first, by name alone; for the path of an event. */
    public Verdict judgeParents(RawPath path) {
        Optional<RawPath> parent = path.parent();
        if (parent.isEmpty()) {
            return Verdict.INCLUDED;
        }
        Verdict above = judgeParents(parent.get());
        return above == Verdict.INCLUDED ? judgeName(parent.get(), true) : above;
    }

    /** Whether only the tag of this directory is backed up. Blocks: it reads the tag. */
    public boolean isCache(RawPath directory) {
        return options.excludeCaches() && CacheTag.isIn(directory.under(realRoot));
    }

    /** Whether a directory on this device is entered; the root lies on {@code rootDevice}. */
    public boolean entersDevice(long device, long rootDevice) {
        return !options.oneFileSystem() || device == rootDevice;
    }

    private boolean isTooLarge(FileStat stat) {
        return stat.type() == FileType.REGULAR
                && options.maxSize().map(max -> stat.sizeBytes() > max.bytes()).orElse(false);
    }

    /** Why the path is not backed up, as a sentence for a person. */
    public String reason(Verdict verdict, FileStat stat) {
        return switch (verdict) {
            case INCLUDED -> "it is backed up";
            case EXCLUDED -> "an exclude pattern matches it";
            case NOT_INCLUDED -> "no include pattern matches it";
            case OWN_STATE -> "it belongs to Keepwatch itself";
            case SOCKET -> "it is a socket, which has no content; its listener makes it anew";
            case TOO_LARGE ->
                "its " + new ByteSize(stat.sizeBytes()) + " are more than max_size "
                        + options.maxSize().map(ByteSize::toString).orElse("") + "; raise max_size to back it up";
        };
    }
}
