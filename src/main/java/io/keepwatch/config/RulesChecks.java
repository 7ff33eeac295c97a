package io.keepwatch.config;

import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.config.yaml.YamlDocument;
import java.net.URI;
import java.util.Optional;

/** Checks what rules may use against each other: every secret that is named must be there. */
final class RulesChecks {
    private final RulesConfig rules;
    private final YamlDocument document;

    RulesChecks(RulesConfig rules, YamlDocument document) {
        this.rules = rules;
        this.document = document;
    }

    void run() {
        rules.webhooks().forEach((name, webhook) -> check("webhooks." + name, webhook));
        rules.channels().forEach((name, channel) -> {
            if (channel instanceof WebhookConfig webhook) {
                check("notify." + name, webhook);
            } else if (channel instanceof EmailConfig email) {
                secret("notify." + name + ".email.password", email.password());
            }
        });
        rules.hooks().forEach((name, hook) -> secret("hooks." + name + ".secret", Optional.of(hook.secret())));
    }

    private void check(String where, WebhookConfig webhook) {
        secret(where + ".url_secret", webhook.urlSecret());
        secret(where + ".secret", webhook.secret());
        secret(where + ".token", webhook.token());
        secret(where + ".routing_key", webhook.routingKey());
        boolean open = webhook.url().map(URI::getScheme).filter("http"::equals).isPresent();
        if (open && !webhook.allowPrivate()) {
            document.note(
                    where + ".url", "events travel unencrypted", "use https:// if the network is not yours alone");
        }
    }

    private void secret(String where, Optional<String> name) {
        name.filter(wanted -> !rules.secrets().containsKey(wanted))
                .ifPresent(wanted -> document.error(
                        where,
                        "there is no secret \"" + wanted + "\" in secrets",
                        NearestName.of(wanted, rules.secrets().keySet())
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("add secrets: {" + wanted + ": {file: /etc/keepwatch/" + wanted + "}}")));
    }
}
