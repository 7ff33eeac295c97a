package io.keepwatch.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * An answer in JSON; a large one is packed for who unpacks it. Packed where it is made, so on a worker. No answer holds a
 * secret or what a request brought beside it, so its length tells a listener nothing (BREACH).
 */
record PackedJson(Buffer bytes, boolean packed) {
    /** Below it a packet or two is all there is to gain. */
    private static final int LEAST_BYTES = 4 * 1024;

    static boolean isUnderstood(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT_ENCODING))
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
    }

    static PackedJson of(String json, boolean unpacks) {
        byte[] plain = json.getBytes(StandardCharsets.UTF_8);
        return unpacks && plain.length >= LEAST_BYTES
                ? new PackedJson(Buffer.buffer(gzip(plain)), true)
                : new PackedJson(Buffer.buffer(plain), false);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream out = new Quick(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    void send(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (packed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(bytes);
    }

    private static final class Quick extends GZIPOutputStream {
        Quick(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
