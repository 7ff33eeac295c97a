package io.keepwatch.layout.mirror;

import io.keepwatch.file.FileType;
import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Which key a path has, and back. Different paths, and a path as a file, a symlink and a directory, have different keys,
 * except for a path whose key would be too long: it has one key, whatever it is.
 */
final class MirrorKeys {
    static final String MARKER = "keepwatch.json";

    private static final int MAX_KEY_BYTES = 1024;
    /** A store on a file system has names of 255 bytes, and s3proxy adds up to 85 to them while a large one is written. */
    private static final int MAX_SEGMENT_BYTES = 170;

    private final String base;

    MirrorKeys(String prefix, String host) {
        String trimmed = prefix.replaceAll("^/+|/+$", "");
        this.base = (trimmed.isEmpty() ? "" : trimmed + "/") + KeySegment.ofRoot(host) + "/";
    }

    /** What a key means. {@code type} is regular for everything that is neither a directory nor a symlink. */
    record Place(String root, RawPath path, FileType type) {}

    /** The prefix of every key of this host, with a slash at its end. */
    String base() {
        return base;
    }

    String marker() {
        return base + MARKER;
    }

    String trash() {
        return base + "~trash/";
    }

    String extra(Sha256 hash) {
        return base + "~meta/" + hash.hex() + ".json";
    }

    String of(FileVersion version) {
        FileType type = version.meta().map(meta -> meta.stat().type()).orElse(FileType.REGULAR);
        return of(version.root(), version.path(), type);
    }

    String of(String root, RawPath path, FileType type) {
        StringBuilder key = new StringBuilder(KeySegment.ofRoot(root));
        path.segments().forEach(name -> key.append('/').append(KeySegment.of(name)));
        if (type == FileType.SYMLINK) {
            key.append(KeySegment.LINK);
        } else if (type == FileType.DIRECTORY) {
            key.append('/').append(KeySegment.DIRECTORY);
        }
        return base + (fits(key) ? key.toString() : longKey(root, path));
    }

    /** Whether the key says nothing of the path, so that the metadata must name it. */
    boolean isOpaque(String key) {
        return key.startsWith(base + "~");
    }

    /** Whether it is one of the layout's own objects, and not a version of a path as it is now. */
    boolean isReserved(String key) {
        return key.equals(marker()) || (isOpaque(key) && !key.startsWith(base + "~long/"));
    }

    /** Empty for a key that says nothing of the path, and for one that {@link #of} never gives. */
    Optional<Place> place(String key) {
        if (!key.startsWith(base) || isOpaque(key)) {
            return Optional.empty();
        }
        String text = key.substring(base.length());
        String ending = "";
        FileType type = FileType.REGULAR;
        if (text.endsWith("/" + KeySegment.DIRECTORY)) {
            ending = "/" + KeySegment.DIRECTORY;
            type = FileType.DIRECTORY;
        } else if (text.endsWith(KeySegment.LINK)) {
            ending = KeySegment.LINK;
            type = FileType.SYMLINK;
        }
        String plain = text.substring(0, text.length() - ending.length());
        int slash = plain.indexOf('/');
        try {
            String root = PercentText.text(slash < 0 ? plain : plain.substring(0, slash));
            RawPath path = slash < 0 ? RawPath.ROOT : RawPath.of(PercentText.bytes(plain.substring(slash + 1)));
            return of(root, path, type).equals(key) ? Optional.of(new Place(root, path, type)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean fits(CharSequence key) {
        byte[] bytes = key.toString().getBytes(StandardCharsets.UTF_8);
        int segment = 0;
        for (byte b : bytes) {
            segment = b == '/' ? 0 : segment + 1;
            if (segment > MAX_SEGMENT_BYTES) {
                return false;
            }
        }
        return bytes.length + base.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES;
    }

    private static String longKey(String root, RawPath path) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(root.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return "~long/" + Sha256.of(digest.digest(path.bytes())).hex();
    }
}
