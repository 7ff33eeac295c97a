package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.ValueType;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where rules are, and what they may use.
 *
 * @param folder {@code workflows} beside the configuration by default
 * @param user whom commands run as; empty for the user of the daemon
 * @param commands that run at once
 * @param webhooks by the names in steps that send to them
 * @param channels by the names in steps that tell people
 * @param hooks by the names in triggers
 * @param secrets by the names in expressions and settings
 */
public record RulesConfig(
        Path folder,
        Optional<String> user,
        int commands,
        Map<String, WebhookConfig> webhooks,
        Map<String, ChannelConfig> channels,
        Map<String, HookConfig> hooks,
        Map<String, SecretConfig> secrets) {
    private record Commands(Optional<Path> folder, Optional<String> user, int commands) {}

    static final Key<Path> FOLDER = Key.optional(
            "folder",
            Values.path("/etc/keepwatch/workflows"),
            "`workflows` beside this file",
            "The folder of the rule files. See [rules.md](rules.md).");
    static final Key<String> USER = Key.optional(
            "user",
            Values.text("a user", "keepwatch-run", Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}"), "a user name"),
            "the user of the daemon",
            "The user that commands run as, unless their step says another. Only root can run as another user.");
    static final Key<Integer> COMMANDS =
            Key.of("commands", Values.integer(1, 64), "4", "Commands that run at once; more wait in order.");
    static final Key<Commands> RULES = Key.of(
            "rules",
            Section.of(
                    List.of(FOLDER, USER, COMMANDS),
                    map -> Optional.of(new Commands(map.find(FOLDER), map.find(USER), map.get(COMMANDS)))),
            "{}",
            "Rules: what to do when something happens.");
    static final Key<List<Named<WebhookConfig>>> WEBHOOKS =
            named("webhooks", WebhookConfig.SECTION, "Services that `webhook` steps of rules send events to, by name.");
    static final Key<List<Named<ChannelConfig>>> NOTIFY = named(
            "notify",
            ChannelConfig.SECTION,
            "Channels by which `notify` steps of rules tell people, by name: `email`, or the keys of a webhook. The shipped rules"
                    + " tell `ops`, which is the log of Keepwatch until it is set here.");
    static final Key<List<Named<HookConfig>>> HOOKS = named(
            "hooks",
            HookConfig.SECTION,
            "Names that others may call as `/hooks/NAME`; rules with `on: {webhook: NAME}` run then.");
    static final Key<List<Named<SecretConfig>>> SECRETS = named(
            "secrets",
            SecretConfig.SECTION,
            "Where secrets are, by name. They are read when the daemon starts, and hidden in all output.");
    static final List<Key<?>> KEYS = List.of(RULES, WEBHOOKS, NOTIFY, HOOKS, SECRETS);

    public RulesConfig {
        webhooks = ordered(webhooks);
        channels = LogConfig.withDefault(channels);
        hooks = ordered(hooks);
        secrets = ordered(secrets);
    }

    /** Nothing that rules could use. */
    static RulesConfig nothing(Path folder) {
        return new RulesConfig(folder, Optional.empty(), 4, Map.of(), Map.of(), Map.of(), Map.of());
    }

    static RulesConfig read(YamlMap map, Path file) {
        Commands rules = map.get(RULES);
        return new RulesConfig(
                rules.folder().orElseGet(() -> file.toAbsolutePath().resolveSibling("workflows")),
                rules.user(),
                rules.commands(),
                byName(map.get(WEBHOOKS)),
                byName(map.get(NOTIFY)),
                byName(map.get(HOOKS)),
                byName(map.get(SECRETS)));
    }

    private static <T> Key<List<Named<T>>> named(String name, ValueType<T> type, String doc) {
        return Key.of(name, Values.named(type), "{}", doc);
    }

    private static <T> Map<String, T> byName(List<Named<T>> entries) {
        Map<String, T> byName = new LinkedHashMap<>();
        for (Named<T> entry : entries) {
            if (!SecretName.isName(entry.name())) {
                entry.key()
                        .error(
                                "\"" + entry.name() + "\" is not a name",
                                "write 1 to 63 of a-z, 0-9, _ and -, beginning with a letter");
            }
            byName.put(entry.name(), entry.value());
        }
        return byName;
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
