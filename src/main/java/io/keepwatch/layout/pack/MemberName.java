package io.keepwatch.layout.pack;

import io.keepwatch.file.Bytes;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** What the members of a pack are called in the tar archive. */
final class MemberName {
    private static final int MAX_PATH_BYTES = 1_000;
    private static final String SEGMENTS = ".keepwatch/segments/";
    private static final String CONTENTS = ".keepwatch/content/";

    private MemberName() {}

    /** {@code <root>/<path>}; a name made of their hash where tools may no longer cope with the path. */
    static Bytes file(String root, RawPath path) {
        byte[] prefix = root.getBytes(StandardCharsets.UTF_8);
        if (path.isRoot()) {
            return Bytes.of(prefix);
        }
        if (path.length() > MAX_PATH_BYTES) {
            MessageDigest digest = Sha256.newDigest();
            digest.update(prefix);
            digest.update((byte) 0);
            return ascii(".keepwatch/long/" + Sha256.of(digest.digest(path.bytes())));
        }
        byte[] name = Arrays.copyOf(prefix, prefix.length + 1 + path.length());
        name[prefix.length] = '/';
        System.arraycopy(path.bytes(), 0, name, prefix.length + 1, path.length());
        return Bytes.of(name);
    }

    static Bytes segment(Sha256 hash) {
        return ascii(SEGMENTS + hash.hex());
    }

    static Bytes content(Sha256 hash) {
        return ascii(CONTENTS + hash.hex());
    }

    /** Whether it is a name of {@link #segment} or {@link #content}; no root has a name that begins like these. */
    static boolean isNameless(Bytes name) {
        String text = new String(name.toArray(), StandardCharsets.ISO_8859_1);
        return text.startsWith(SEGMENTS) || text.startsWith(CONTENTS);
    }

    static Bytes journal(PackName pack) {
        return ascii(String.format(Locale.ROOT, ".keepwatch/%010d.ndjson", pack.sequence()));
    }

    private static Bytes ascii(String name) {
        return Bytes.of(name.getBytes(StandardCharsets.US_ASCII));
    }
}
