package io.keepwatch.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings of one daemon, checked.
 *
 * @param file where this was read
 * @param host the name of this machine in the bucket
 * @param state the folder of the databases
 * @param roots the watched folders, none inside another; may be empty
 * @param reconcileEvery how often the trees are compared with the catalog
 * @param probes which aspects of the host are read, and how often
 * @param http empty when the HTTP server is off
 * @param rules where rules are, and what they may use
 */
public record Config(
        Path file,
        String host,
        Path state,
        List<RootConfig> roots,
        SettleConfig settle,
        Duration reconcileEvery,
        StoreConfig store,
        ProbesConfig probes,
        Optional<HttpConfig> http,
        RulesConfig rules) {
    public Config {
        roots = List.copyOf(roots);
    }

    /** The same with another identity to read an encrypted backup by. */
    public Config withIdentity(Path identity) {
        return new Config(
                file, host, state, roots, settle, reconcileEvery, store.withIdentity(identity), probes, http, rules);
    }
}
