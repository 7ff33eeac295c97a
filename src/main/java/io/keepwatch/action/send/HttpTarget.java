package io.keepwatch.action.send;

import io.keepwatch.action.wire.StandardSignature;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where requests of one target go.
 *
 * @param token sent as {@code Authorization: Bearer}
 */
record HttpTarget(
        URI url,
        Optional<StandardSignature> signature,
        Optional<String> token,
        boolean allowPrivate,
        Duration timeout) {
    boolean isTls() {
        return "https".equals(url.getScheme());
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
    }

    /** Without the brackets of an IPv6 address. */
    String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    String pathAndQuery() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
