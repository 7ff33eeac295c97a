package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mail through an SMTP server.
 *
 * @param user empty where the server asks for no login
 * @param password the name of a secret; there exactly when there is a user
 */
public record EmailConfig(
        String server,
        int port,
        Tls tls,
        Optional<String> user,
        Optional<String> password,
        String from,
        List<String> to,
        Duration timeout)
        implements ChannelConfig {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:]([A-Za-z0-9.:-]{0,253}[A-Za-z0-9])?");

    /** How the connection is secured. */
    public enum Tls {
        /** In clear first, and then not a word without TLS. */
        STARTTLS,
        /** From the first byte on. */
        TLS,
        NONE
    }

    static final Key<String> SERVER = Key.required(
            "server",
            Values.text("a host name", "smtp.example.net", HOST, "a host name or an address, without a port"),
            "The SMTP server.");
    static final Key<Integer> PORT =
            Key.optional("port", Values.integer(1, 65_535), "587; 465 for `tls`, 25 for `none`", "Its port.");
    static final Key<Tls> TLS = Key.of(
            "tls",
            Values.choice(Tls.class),
            "starttls",
            "How the connection is secured. `starttls` sends nothing without it; `tls` begins with it; `none` is for a"
                    + " server on this machine.");
    static final Key<String> USER = Key.optional("user", Values.text("keepwatch"), "no login", "Who logs in.");
    static final Key<String> PASSWORD = Key.optional(
            "password",
            SecretName.type("smtp"),
            "no login",
            "The name of a secret in `secrets`: the password of `user`.");
    static final Key<String> FROM =
            Key.required("from", address("keepwatch@example.net"), "The address of the sender.");
    static final Key<List<String>> TO = Key.required(
            "to", Values.valueOrList(address("ops@example.net")), "Whom to write to: one address, or a list of them.");
    static final Key<Duration> TIMEOUT = Key.of(
            "timeout",
            Values.duration("30s", Duration.ofSeconds(1)),
            "30s",
            "How long the server may take for a mail.");
    static final Section<EmailConfig> SECTION =
            Section.of(List.of(SERVER, PORT, TLS, USER, PASSWORD, FROM, TO, TIMEOUT), EmailConfig::read);

    public EmailConfig {
        to = List.copyOf(to);
    }

    private static Optional<EmailConfig> read(YamlMap map) {
        if (map.has(USER) != map.has(PASSWORD)) {
            map.error(
                    map.has(USER) ? USER : PASSWORD,
                    "user and password belong together",
                    "add the other, or remove it");
        }
        Tls tls = map.get(TLS);
        if (tls == Tls.NONE && map.has(PASSWORD)) {
            map.error(TLS, "the password would travel unencrypted", "write tls: starttls, or remove user and password");
        }
        Optional<String> server = map.find(SERVER);
        Optional<String> from = map.find(FROM);
        Optional<List<String>> to = map.find(TO);
        if (to.filter(List::isEmpty).isPresent()) {
            map.error(TO, "there is nobody to write to", "write one address at least");
        }
        int port = map.find(PORT).orElse(tls == Tls.STARTTLS ? 587 : tls == Tls.TLS ? 465 : 25);
        Optional<String> user = map.find(USER);
        Optional<String> password = map.find(PASSWORD);
        Duration timeout = map.get(TIMEOUT);
        return server.flatMap(host -> from.flatMap(sender ->
                to.map(receivers -> new EmailConfig(host, port, tls, user, password, sender, receivers, timeout))));
    }

    private static io.keepwatch.config.yaml.ValueType<String> address(String example) {
        return Values.text("a mail address", example, ADDRESS, "a name, @ and a host, without spaces and brackets");
    }
}
