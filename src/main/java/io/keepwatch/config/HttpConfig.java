package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the HTTP server listens.
 *
 * @param host a loopback address, without brackets
 * @param port 0 lets the system choose
 */
public record HttpConfig(String host, int port) {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:]+)\\]|([A-Za-z0-9.-]+)):(\\d{1,5})");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

    static final Key<HttpConfig> LISTEN = Key.of(
            "listen",
            Values.parsed("an address and a port", "127.0.0.1:9723", HttpConfig::parse),
            "127.0.0.1:9723",
            "A loopback address and a port.");
    static final ValueType<Optional<HttpConfig>> TYPE = Section.of(
                    List.of(LISTEN), map -> Optional.of(Optional.of(map.get(LISTEN))))
            .orWord("off", Optional.empty());

    private static HttpConfig parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address and a port from 0 to 65535");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        if (!LOOPBACK.matcher(host).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" can be reached from other machines, and the server has"
                    + " no login yet: listen on loopback and use ssh -L or a reverse proxy that asks for a password");
        }
        return new HttpConfig(host, Integer.parseInt(matcher.group(3)));
    }
}
