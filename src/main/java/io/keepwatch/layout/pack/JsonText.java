package io.keepwatch.layout.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON as packs hold it: raw bytes are text where they read well and survive the way back, else base64. */
final class JsonText {
    /** Twice the base64 of the largest value an attribute may have, and far more than any path. */
    private static final int MAX_STRING = 256 << 10;

    /** What may be written, so that its base64 can be read again; the kernel's limits are far below. */
    private static final int MAX_BYTES = 190_000;

    /** Refuses what no pack holds before it costs memory. */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(5)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(20)
                    .maxNameLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .rootValueSeparator("\n")
            .build();

    private JsonText() {}

    /** Writes {@code "name": text} or {@code "name64": base64}. */
    static void writeBytes(JsonGenerator json, String name, byte[] bytes) throws IOException {
        checkLength(name, bytes);
        if (readsWell(bytes)) {
            json.writeStringField(name, new String(bytes, StandardCharsets.UTF_8));
        } else {
            json.writeStringField(name + "64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Throws IllegalArgumentException for more bytes than a reader takes. */
    static void checkLength(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("\"" + name + "\" has " + bytes.length + " bytes, but a journal holds "
                    + MAX_BYTES + " at most in one value");
        }
    }

    private static boolean readsWell(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Throws IllegalArgumentException for text that has no UTF-8. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text holds half a surrogate pair, which is no character", e);
        }
    }
}
