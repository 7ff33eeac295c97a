package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service that gets requests.
 *
 * @param url empty where the address itself is a secret
 * @param urlSecret the name of a secret; there exactly when {@code url} is not
 * @param secret the name of the secret that signs requests
 * @param token the name of a secret that is sent as {@code Authorization: Bearer}
 * @param topic of ntfy
 * @param routingKey the name of a secret; of PagerDuty
 * @param allowPrivate whether the address may be one of this machine or of a private network
 * @param timeout for a whole request
 */
public record WebhookConfig(
        Optional<URI> url,
        Optional<String> urlSecret,
        Format format,
        Optional<String> secret,
        Optional<String> token,
        Optional<String> topic,
        Optional<String> routingKey,
        boolean allowPrivate,
        Duration timeout)
        implements ChannelConfig {
    /** What the body of a request looks like. */
    public enum Format {
        CLOUDEVENTS,
        JSON,
        SLACK,
        DISCORD,
        NTFY,
        PAGERDUTY
    }

    private static final URI PAGERDUTY_URL = URI.create("https://events.pagerduty.com/v2/enqueue");

    static final Key<URI> URL = Key.optional(
            "url",
            Values.parsed("a URL", "https://ops.example.net/keepwatch", WebhookConfig::parseUrl),
            "that of PagerDuty for `format: pagerduty`",
            "Where requests go. For ntfy, the server without a topic.");
    static final Key<String> URL_SECRET = Key.optional(
            "url_secret",
            SecretName.type("slack-ops"),
            "",
            "In place of `url`: the name of a secret in `secrets` that holds the address. Addresses of Slack and Discord"
                    + " are secrets: whoever has one can write.");
    static final Key<Format> FORMAT = Key.of(
            "format",
            Values.choice(Format.class),
            "cloudevents",
            "What the service understands. `json` sends the values of `with` alone.");
    static final Key<String> SECRET = Key.optional(
            "secret",
            SecretName.type("ops-signing"),
            "not signed",
            "The name of a secret in `secrets` that signs requests as Standard Webhooks say: `whsec_` and base64.");
    static final Key<String> TOKEN = Key.optional(
            "token",
            SecretName.type("ops-token"),
            "none",
            "The name of a secret in `secrets` that is sent as `Authorization: Bearer`.");
    static final Key<String> TOPIC = Key.optional(
            "topic",
            Values.text(
                    "a topic",
                    "keepwatch-4711",
                    Pattern.compile("[-_A-Za-z0-9]{1,64}"),
                    "1 to 64 letters, digits, - and _"),
            "",
            "Of `format: ntfy`, which needs it. On a public server it is as good as a password.");
    static final Key<String> ROUTING_KEY = Key.optional(
            "routing_key",
            SecretName.type("pagerduty"),
            "",
            "Of `format: pagerduty`, which needs it: the name of a secret in `secrets` that holds the integration key.");
    static final Key<Boolean> ALLOW_PRIVATE = Key.of(
            "allow_private",
            Values.bool(),
            "false",
            "Whether the address may be one of this machine or of a private network.");
    static final Key<Duration> TIMEOUT = Key.of(
            "timeout",
            Values.duration("20s", Duration.ofSeconds(1)),
            "20s",
            "How long the service may take for a request.");
    static final List<Key<?>> KEYS =
            List.of(URL, URL_SECRET, FORMAT, SECRET, TOKEN, TOPIC, ROUTING_KEY, ALLOW_PRIVATE, TIMEOUT);
    static final Section<WebhookConfig> SECTION = Section.of(KEYS, WebhookConfig::read);

    static Optional<WebhookConfig> read(YamlMap map) {
        Format format = map.get(FORMAT);
        Optional<URI> written = map.find(URL);
        Optional<String> urlSecret = map.find(URL_SECRET);
        checkAddress(map, format);
        checkOwn(map, TOPIC, format == Format.NTFY, "ntfy");
        checkOwn(map, ROUTING_KEY, format == Format.PAGERDUTY, "pagerduty");
        boolean standard = format == Format.PAGERDUTY && !map.has(URL) && !map.has(URL_SECRET);
        return Optional.of(new WebhookConfig(
                standard ? Optional.of(PAGERDUTY_URL) : written,
                urlSecret,
                format,
                map.find(SECRET),
                map.find(TOKEN),
                map.find(TOPIC),
                map.find(ROUTING_KEY),
                map.get(ALLOW_PRIVATE),
                map.get(TIMEOUT)));
    }

    private static void checkAddress(YamlMap map, Format format) {
        boolean secretAddress = format == Format.SLACK || format == Format.DISCORD;
        if (map.has(URL) && map.has(URL_SECRET)) {
            map.errorAtKey(URL_SECRET, "there is a url and a url_secret", "keep one of the two");
        } else if (map.has(URL) && secretAddress) {
            map.errorAtKey(
                    URL,
                    "whoever has this address can write to the channel, so it is a secret",
                    "put it into a file, name the file in secrets, and write url_secret: NAME");
        } else if (!map.has(URL) && !map.has(URL_SECRET) && format != Format.PAGERDUTY) {
            String advice = secretAddress
                    ? "add url_secret: NAME of a secret"
                    : "add url: " + URL.type().example();
            map.self().error("there is no address", advice);
        }
    }

    private static void checkOwn(YamlMap map, Key<?> key, boolean needed, String format) {
        if (needed && !map.has(key)) {
            map.self()
                    .error(
                            "format: " + format + " needs " + key.name(),
                            "add " + key.name() + ": " + key.type().example());
        } else if (!needed && map.has(key)) {
            map.errorAtKey(
                    key, "the key has no use without format: " + format, "write format: " + format + ", or remove it");
        }
    }

    /** Throws IllegalArgumentException, which does not repeat the text: it may be a secret. */
    public static URI parseUrl(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (!web || url.getHost() == null) {
                throw new IllegalArgumentException("this is not an address that begins with https:// or http://");
            }
            if (url.getRawUserInfo() != null) {
                throw new IllegalArgumentException("there is a password in this address; use token");
            }
            if (url.getRawFragment() != null) {
                throw new IllegalArgumentException("there is a # in this address, which is never sent");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "this is not a URL: " + e.getReason() + " at letter " + (e.getIndex() + 1), e);
        }
    }
}
