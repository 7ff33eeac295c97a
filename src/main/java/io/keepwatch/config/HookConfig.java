package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import java.util.List;

/**
 * A door for others: {@code /hooks/<name>}.
 *
 * @param scheme how a caller proves who it is
 * @param secret the name of what it proves it with
 */
public record HookConfig(Scheme scheme, String secret) {
    /** How a caller proves who it is. */
    public enum Scheme {
        /** The signature of Standard Webhooks. */
        STANDARD,
        /** {@code X-Hub-Signature-256} of GitHub and those that do as it does. */
        GITHUB,
        /** {@code Authorization: Bearer}, for callers that cannot sign. */
        BEARER
    }

    static final Key<Scheme> SCHEME = Key.of(
            "scheme",
            Values.choice(Scheme.class),
            "standard",
            "How a caller proves who it is. `standard`: the signature of [Standard Webhooks](https://www.standardwebhooks.com);"
                    + " `github`: the header `X-Hub-Signature-256`; `bearer`: the header `Authorization: Bearer`, for"
                    + " callers that cannot sign.");
    static final Key<String> SECRET = Key.required(
            "secret", SecretName.type("deploy"), "The name of a secret in `secrets`, which the caller knows too.");
    static final Section<HookConfig> SECTION = Section.of(
            List.of(SCHEME, SECRET), map -> map.find(SECRET).map(secret -> new HookConfig(map.get(SCHEME), secret)));
}
