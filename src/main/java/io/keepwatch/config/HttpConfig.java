package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the HTTP server listens, and who may use it.
 *
 * @param host an address or a name, without brackets
 * @param port 0 lets the system choose
 * @param names by which browsers may call it, besides loopback and addresses
 * @param trustProxy whether a proxy in front does TLS and tells who asks
 * @param tokens without any, only loopback reaches it, and needs none
 * @param restoreTo the folders that restores over HTTP may write into
 */
public record HttpConfig(
        String host,
        int port,
        List<String> names,
        Optional<TlsConfig> tls,
        boolean trustProxy,
        List<TokenConfig> tokens,
        List<Path> restoreTo) {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:]+)\\]|([A-Za-z0-9.-]+)):(\\d{1,5})");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,253}");

    public HttpConfig {
        names = List.copyOf(names);
        tokens = List.copyOf(tokens);
        restoreTo = List.copyOf(restoreTo);
    }

    private record Listen(String host, int port) {}

    static final Key<Listen> LISTEN = Key.of(
            "listen",
            Values.parsed("an address and a port", "127.0.0.1:9723", HttpConfig::parse),
            "127.0.0.1:9723",
            "An address and a port. Any other than loopback needs `tokens`, and `tls` or `trust_proxy`.");
    static final Key<List<String>> NAMES = Key.of(
            "names",
            Values.listOf(Values.text(
                    "a host name", "keepwatch.example.net", NAME, "lower-case letters, digits, dots and hyphens")),
            "[]",
            "The names by which browsers call the server, besides `localhost` and, where it is reachable from elsewhere, its"
                    + " addresses. Others are refused: a web page could take over its own name to get in.");
    static final Key<TlsConfig> TLS = Key.optional("tls", TlsConfig.SECTION, "off", "The certificate of the server.");
    static final Key<Boolean> TRUST_PROXY = Key.of(
            "trust_proxy",
            Values.bool(),
            "false",
            "`true` where a proxy in front does TLS, keeps the `Host` header and sets `X-Forwarded-For`. Needs `tokens`.");
    static final Key<List<TokenConfig>> TOKENS = Key.optional(
            "tokens",
            Values.oneOrMore(TokenConfig.SECTION),
            "none",
            "Who may use the server; `keepwatch token new` makes a token and prints its line. Without any, everybody on this"
                    + " machine may.");
    static final Key<List<Path>> RESTORE_TO = Key.of(
            "restore_to",
            Values.listOf(Values.path("/srv/restore")),
            "[]",
            "The folders that restores over HTTP may write into. Without any, they are refused; `keepwatch restore` is not limited.");
    static final ValueType<Optional<HttpConfig>> TYPE = Section.of(
                    List.of(LISTEN, NAMES, TLS, TRUST_PROXY, TOKENS, RESTORE_TO),
                    map -> Optional.of(Optional.of(read(map))))
            .orWord("off", Optional.empty());

    /** Whether only this machine reaches it. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    private static HttpConfig read(YamlMap map) {
        Listen listen = map.get(LISTEN);
        HttpConfig config = new HttpConfig(
                listen.host(),
                listen.port(),
                map.get(NAMES),
                map.find(TLS),
                map.get(TRUST_PROXY),
                map.find(TOKENS).orElse(List.of()),
                map.get(RESTORE_TO));
        config.check(map);
        return config;
    }

    private void check(YamlMap map) {
        checkReachable(map);
        if (isLoopback() && trustProxy && !map.has(TOKENS)) {
            map.error(
                    TRUST_PROXY,
                    "through a proxy others reach the server, and nobody would have to log in",
                    "run keepwatch token new and put its line into http.tokens");
        }
        long names = tokens.stream().map(TokenConfig::name).distinct().count();
        if (names < tokens.size()) {
            map.error(TOKENS, "two tokens have one name", "give each a name of its own");
        }
    }

    private void checkReachable(YamlMap map) {
        List<String> problems = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        if (!map.has(TOKENS)) {
            problems.add("nobody would have to log in");
            advice.add("run keepwatch token new and put its line into http.tokens");
        }
        if (!map.has(TLS) && !trustProxy) {
            problems.add("tokens would travel unencrypted");
            advice.add("add tls: {certificate: FILE, key: FILE}, or trust_proxy: true if a proxy in front does TLS");
        }
        if (!isLoopback() && !problems.isEmpty()) {
            map.error(
                    LISTEN,
                    "\"" + host + "\" can be reached from other machines, and " + String.join(", and ", problems),
                    String.join(", and ", advice) + "; or listen on loopback and use ssh -L");
        }
    }

    private static Listen parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address and a port from 0 to 65535");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new Listen(host, Integer.parseInt(matcher.group(3)));
    }
}
