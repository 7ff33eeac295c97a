package io.keepwatch.source;

import io.keepwatch.file.FileType;
import io.keepwatch.file.StatReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/** The file by which a program says that a directory holds a cache (the Cache Directory Tagging Specification). */
final class CacheTag {
    static final byte[] NAME = "CACHEDIR.TAG".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private CacheTag() {}

    static boolean isName(byte[] name) {
        return Arrays.equals(name, NAME);
    }

    /** Whether the directory holds the tag with its signature; a tag that cannot be read does not count. Blocks. */
    static boolean isIn(Path directory) {
        Path tag = directory.resolve("CACHEDIR.TAG");
        try {
            // A named pipe of this name would block whoever opens it.
            if (!Files.exists(tag, LinkOption.NOFOLLOW_LINKS)
                    || StatReader.lstat(tag).type() != FileType.REGULAR) {
                return false;
            }
            try (InputStream in = Files.newInputStream(tag, LinkOption.NOFOLLOW_LINKS)) {
                return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
            }
        } catch (IOException e) {
            return false;
        }
    }
}
