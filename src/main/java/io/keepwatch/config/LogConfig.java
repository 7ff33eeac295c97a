package io.keepwatch.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is told stands in the log of the daemon. */
public record LogConfig() implements ChannelConfig {
    /** The channel that the shipped rules tell. */
    public static final String OPS = "ops";

    /** The channels with one for the shipped rules, so that these work before anybody has set one up. */
    static Map<String, ChannelConfig> withDefault(Map<String, ChannelConfig> channels) {
        Map<String, ChannelConfig> all = new LinkedHashMap<>(channels);
        all.putIfAbsent(OPS, new LogConfig());
        return Collections.unmodifiableMap(all);
    }
}
