package io.keepwatch.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * An answer in JSON; a large one is packed for who unpacks it. Packed where it is made, so on a worker. No answer holds a
 * secret or what a request brought beside it, so its length tells a listener nothing (BREACH).
 */
record PackedJson(Buffer bytes, boolean packed) {
    /** Below it a packet or two is all there is to gain. */
    private static final int LEAST_BYTES = 4 * 1024;

    static PackedJson of(String json, boolean unpacks) {
        byte[] plain = json.getBytes(StandardCharsets.UTF_8);
        return unpacks && plain.length >= LEAST_BYTES
                ? new PackedJson(Buffer.buffer(Gzip.pack(plain, Deflater.BEST_SPEED)), true)
                : new PackedJson(Buffer.buffer(plain), false);
    }

    void send(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (packed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(bytes);
    }
}
