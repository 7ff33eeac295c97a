package io.keepwatch.layout.pack;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which contents go into a pack: by directory, then extension, then name. What lies together is alike and
 * compresses together, and a restored directory needs few ranges.
 */
public final class MemberOrder implements Comparator<FileVersion> {
    /** By owner first, where frames do not mix owners, so that there are not more frames than need be. */
    static Comparator<FileVersion> of(PackOptions options) {
        Comparator<FileVersion> byOwner = Comparator.comparing(
                version -> version.meta().map(meta -> meta.stat().uid()).orElse(0));
        return options.framesByOwner() ? byOwner.thenComparing(new MemberOrder()) : new MemberOrder();
    }

    @Override
    public int compare(FileVersion a, FileVersion b) {
        int order = a.root().compareTo(b.root());
        if (order == 0) {
            order = a.path()
                    .parent()
                    .orElse(RawPath.ROOT)
                    .compareTo(b.path().parent().orElse(RawPath.ROOT));
        }
        if (order == 0) {
            order = Arrays.compareUnsigned(extension(a.path()), extension(b.path()));
        }
        return order == 0 ? a.path().compareTo(b.path()) : order;
    }

    private static byte[] extension(RawPath path) {
        byte[] name = path.name();
        int dot = name.length - 1;
        while (dot > 0 && name[dot] != '.') {
            dot--;
        }
        return dot > 0 ? Arrays.copyOfRange(name, dot + 1, name.length) : new byte[0];
    }
}
