package io.keepwatch.store;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What every S3 server takes as a key and as metadata. Checked before a request is made, because servers answer with a
 * wrong signature, drop what they cannot keep, or list an object under another key.
 */
final class ObjectLimits {
    static final int KEY_BYTES = 1_024;
    static final int METADATA_BYTES = 2_048;

    private static final Pattern METADATA_KEY = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern PRINTABLE = Pattern.compile("(?:[!-~](?:[ -~]*[!-~])?)?");

    private ObjectLimits() {}

    /** Throws IllegalArgumentException unless the key has 1 to 1,024 bytes of UTF-8 text that XML can carry. */
    static void checkKey(String key) {
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "key \"" + key + "\" is no UTF-8 text; the layout escapes such names", e);
        }
        if (bytes == 0 || bytes > KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + KEY_BYTES + " bytes, but \"" + key + "\" has " + bytes);
        }
        if (key.startsWith("/")) {
            throw new IllegalArgumentException("key \"" + key + "\" begins with a slash, which some servers refuse");
        }
        key.chars().filter(ObjectLimits::isForeignToXml).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(String.format(
                    "key \"%s\" has the character U+%04X, which a delete request (XML) cannot carry; the layout escapes it",
                    key, c));
        });
    }

    /** Throws IllegalArgumentException unless keys are lower case, values printable ASCII, and all of it 2 KB at most. */
    static void checkMetadata(String key, Map<String, String> metadata) {
        int bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (!METADATA_KEY.matcher(entry.getKey()).matches()) {
                throw new IllegalArgumentException("metadata key \"" + entry.getKey() + "\" of object \"" + key
                        + "\" may have lower-case letters, digits and \"-\", \"_\", \".\" only");
            }
            if (!PRINTABLE.matcher(entry.getValue()).matches()) {
                throw new IllegalArgumentException("metadata value of \"" + entry.getKey() + "\" of object \"" + key
                        + "\" must be printable ASCII without spaces at its ends; encode it, for example as base64");
            }
            bytes += entry.getKey().length() + entry.getValue().length();
        }
        if (bytes > METADATA_BYTES) {
            throw new IllegalArgumentException("metadata of object \"" + key + "\" has " + bytes
                    + " bytes, but S3 takes " + METADATA_BYTES + " at most");
        }
    }

    private static boolean isForeignToXml(int c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
    }
}
