package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How people are told: by mail, by a request to a service, or in the log. */
public sealed interface ChannelConfig permits EmailConfig, LogConfig, WebhookConfig {
    Key<EmailConfig> EMAIL = Key.optional("email", EmailConfig.SECTION, "", "Mail through an SMTP server.");
    Section<ChannelConfig> SECTION = new Section<>(keys(), List.of(), ChannelConfig::read);

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(EMAIL));
        keys.addAll(WebhookConfig.KEYS);
        return keys;
    }

    private static Optional<ChannelConfig> read(YamlMap map) {
        if (!map.has(EMAIL)) {
            return WebhookConfig.read(map).map(ChannelConfig.class::cast);
        }
        WebhookConfig.KEYS.stream()
                .filter(map::has)
                .forEach(key -> map.errorAtKey(
                        key,
                        "\"" + key.name() + "\" has no use beside email",
                        "remove it, or make a channel of its own"));
        return map.find(EMAIL).map(ChannelConfig.class::cast);
    }
}
