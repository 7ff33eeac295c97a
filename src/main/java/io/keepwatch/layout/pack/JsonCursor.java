package io.keepwatch.layout.pack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.keepwatch.unit.DisplayText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Walks over JSON that somebody else wrote, taking what is expected and refusing the rest with its place. */
final class JsonCursor {
    private static final Pattern NATURAL = Pattern.compile("\\d{1,20}");

    private final JsonParser json;
    private final LongSupplier position;
    private final String what;
    private long lineStart;

    /** {@code position} tells how many bytes were taken from the stream. */
    JsonCursor(InputStream in, LongSupplier position, String what) throws IOException {
        this.json = JsonText.FACTORY.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        this.position = position;
        this.what = what;
    }

    /** Goes into the next object; false at the end of an array or of everything. */
    boolean nextObject() throws IOException {
        JsonToken token = next();
        lineStart = position.getAsLong();
        if (token == null || token == JsonToken.END_ARRAY) {
            return false;
        }
        expect(JsonToken.START_OBJECT, "an object");
        return true;
    }

    /** The name of the next field, its value being the next to read; empty at the end of the object. */
    Optional<String> nextField() throws IOException {
        JsonToken token = next();
        checkLength();
        if (token == JsonToken.END_OBJECT) {
            return Optional.empty();
        }
        expect(JsonToken.FIELD_NAME, "a field");
        String name = json.currentName();
        next();
        return Optional.of(name);
    }

    private void checkLength() throws PackFormatException {
        if (position.getAsLong() - lineStart > FrameLimits.LINE_BYTES) {
            throw problem("an object is longer than " + FrameLimits.LINE_BYTES + " bytes");
        }
    }

    /** The string that is the value here. */
    String text() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        String text = currentText();
        JsonText.utf8(text);
        return text;
    }

    byte[] base64() throws IOException {
        return Base64.getDecoder().decode(text());
    }

    boolean truth() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_TRUE || json.currentToken() == JsonToken.VALUE_FALSE) {
            return json.currentToken() == JsonToken.VALUE_TRUE;
        }
        throw problem("true or false is expected");
    }

    /** A whole number of 64 bits without sign. */
    long unsigned() throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, "a number");
        String text = currentText();
        if (!NATURAL.matcher(text).matches()) {
            throw problem(text + " is no natural number");
        }
        return Long.parseUnsignedLong(text);
    }

    long natural(long max) throws IOException {
        long value = unsigned();
        if (value < 0 || value > max) {
            throw problem(Long.toUnsignedString(value) + " is more than " + max);
        }
        return value;
    }

    int number(int max) throws IOException {
        return (int) natural(max);
    }

    void enterArray() throws IOException {
        expect(JsonToken.START_ARRAY, "an array");
    }

    /** Goes to the next value of an array; false at its end. */
    boolean nextValue() throws IOException {
        checkLength();
        return next() != JsonToken.END_ARRAY;
    }

    /** Goes to a value of an array that must be there. */
    void value() throws IOException {
        if (!nextValue()) {
            throw problem("an array ends too early");
        }
    }

    void leaveArray() throws IOException {
        if (nextValue()) {
            throw problem("an array has too many values");
        }
    }

    void enterObject() throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /** Passes over the value here, whatever it is. */
    void skip() throws IOException {
        try {
            json.skipChildren();
        } catch (JsonProcessingException e) {
            throw syntax(e);
        }
    }

    /** Nothing may follow. */
    void expectEnd() throws IOException {
        if (next() != null) {
            throw problem("something stands after its end");
        }
    }

    PackFormatException problem(String sentence) {
        return new PackFormatException(
                what + ", byte " + json.currentTokenLocation().getByteOffset() + ": " + DisplayText.of(sentence));
    }

    private void expect(JsonToken token, String name) throws PackFormatException {
        if (json.currentToken() != token) {
            throw problem(name + " is expected");
        }
    }

    private String currentText() throws IOException {
        try {
            return json.getText();
        } catch (JsonProcessingException e) {
            throw syntax(e);
        }
    }

    private JsonToken next() throws IOException {
        try {
            return json.nextToken();
        } catch (JsonProcessingException e) {
            throw syntax(e);
        }
    }

    private PackFormatException syntax(JsonProcessingException e) {
        return new PackFormatException(
                what + " is no JSON as packs hold it: " + DisplayText.of(e.getOriginalMessage()), e);
    }
}
