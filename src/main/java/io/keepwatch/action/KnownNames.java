package io.keepwatch.action;

import io.keepwatch.config.RulesConfig;
import io.keepwatch.workflow.load.Known;
import java.util.Optional;

/** Tells the loader of rules which names of the configuration there are. */
public final class KnownNames {
    private KnownNames() {}

    public static Known of(RulesConfig config) {
        return new Known(
                Optional.of(config.channels().keySet()),
                Optional.of(config.webhooks().keySet()),
                Optional.of(config.hooks().keySet()),
                Optional.of(config.secrets().keySet()));
    }
}
