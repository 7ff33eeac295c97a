package io.keepwatch.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a file: UTF-8, at most 1 MiB. */
public final class YamlText {
    static final int MAX_BYTES = 1 << 20;

    private YamlText() {}

    /** Empty when the content is too large or no UTF-8; the problems say so. Throws when the file cannot be read. */
    public static Optional<String> read(Path file, Problems problems) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            problems.error(Position.NONE, "", "the file is larger than 1 MiB", "check that this is the right file");
            return Optional.empty();
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        String read = text.flip().toString();
        String withoutMark = read.startsWith("\uFEFF") ? read.substring(1) : read;
        if (result.isError()) {
            problems.error(
                    Position.after(withoutMark, withoutMark.length()),
                    "",
                    "the bytes here are not UTF-8",
                    "save the file as UTF-8");
            return Optional.empty();
        }
        return Optional.of(withoutMark);
    }
}
