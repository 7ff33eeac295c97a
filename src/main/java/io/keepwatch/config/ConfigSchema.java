package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Located;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The top of the configuration file: its keys, and how they become a {@link Config}. */
final class ConfigSchema {
    private static final Pattern HOST_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    static final Key<String> HOST = Key.optional(
            "host",
            Values.text("a host name", "web-1", HOST_FORM, "1 to 63 letters, digits, dots, hyphens and underscores"),
            "the host name",
            "The name of this machine in the bucket. Objects are stored under `<prefix>/<host>/`, so two machines"
                    + " that share a bucket need different names.");
    static final Key<Path> STATE = Key.optional(
            "state",
            Values.path("/var/lib/keepwatch"),
            "`/var/lib/keepwatch` for root, else `$XDG_STATE_HOME/keepwatch` or `~/.local/state/keepwatch`",
            "The folder of the databases, the spool and, with no store, the embedded S3 server. Never backed up.");
    static final Key<List<Located<RootConfig>>> ROOTS = Key.of(
            "roots",
            Values.listOf(Values.located(RootConfig.SECTION)),
            "[]",
            "The folders to watch and back up. None may lie inside another.");
    static final Key<SettleConfig> SETTLE =
            Key.of("settle", SettleConfig.SECTION, "{}", "When a changed file is quiet enough to be read.");
    static final Key<Duration> EVERY = Key.of(
            "every",
            Values.duration("6h", Duration.ofMinutes(1)),
            "6h",
            "The time between two comparisons. A comparison reads no content of unchanged files.");
    static final Key<Duration> RECONCILE = Key.of(
            "reconcile",
            Section.of(List.of(EVERY), map -> Optional.of(map.get(EVERY))),
            "{}",
            "The periodic comparison of the trees with the catalog; it finds what the kernel did not report.");
    static final Key<StoreConfig> STORE = Key.of("store", StoreConfig.SECTION, "{}", "Where the backup goes, and how.");
    static final Key<ProbesConfig> PROBES = Key.of(
            "probes",
            ProbesConfig.TYPE,
            "{}",
            "What is read of the host, and how often; `off` switches one probe off, or all. See [probes.md](probes.md).");
    static final Key<Optional<HttpConfig>> HTTP = Key.of(
            "http",
            HttpConfig.TYPE,
            "{}",
            "The HTTP server for the dashboard, the API, health and metrics; `off` switches it off. See [api.md](api.md).");

    private ConfigSchema() {}

    /** What is read from the file, with the places that later checks need. */
    record Reading(Config config, List<Located<RootConfig>> roots) {}

    /** @param file where it is read; what is named by no path lies beside it */
    static Section<Reading> of(Machine machine, Path file) {
        List<Key<?>> keys = new ArrayList<>(List.of(HOST, STATE, ROOTS, SETTLE, RECONCILE, STORE, PROBES, HTTP));
        keys.addAll(RulesConfig.KEYS);
        return Section.of(keys, map -> Optional.of(read(map, machine, file)));
    }

    private static Reading read(YamlMap map, Machine machine, Path file) {
        List<Located<RootConfig>> roots = map.get(ROOTS);
        return new Reading(
                new Config(
                        file,
                        host(map, machine),
                        map.find(STATE).orElseGet(machine::stateFolder),
                        roots.stream().map(Located::value).toList(),
                        map.get(SETTLE),
                        map.get(RECONCILE),
                        map.get(STORE),
                        map.get(PROBES),
                        map.get(HTTP),
                        RulesConfig.read(map, file)),
                roots);
    }

    private static String host(YamlMap map, Machine machine) {
        if (!map.has(HOST) && !HOST_FORM.matcher(machine.hostName()).matches()) {
            map.error(
                    HOST,
                    "the name of this machine, \"" + machine.hostName() + "\", cannot be used in a bucket",
                    "add a name of letters, digits, dots and hyphens, for example host: web-1");
        }
        return map.find(HOST).orElseGet(machine::hostName);
    }
}
