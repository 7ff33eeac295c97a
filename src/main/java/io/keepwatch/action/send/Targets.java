package io.keepwatch.action.send;

import io.keepwatch.action.wire.StandardSignature;
import io.keepwatch.config.ChannelConfig;
import io.keepwatch.config.EmailConfig;
import io.keepwatch.config.LogConfig;
import io.keepwatch.config.RulesConfig;
import io.keepwatch.config.Secrets;
import io.keepwatch.config.WebhookConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Everybody that rules can send to, by the key path in the configuration: {@code webhooks.ops}, {@code notify.mail}. */
final class Targets implements AutoCloseable {
    private final Vertx vertx;
    private final Secrets secrets;
    private final Resolver resolver;
    private final Executor workers;
    private final HttpClient client;
    private final Map<String, Target> targets = new HashMap<>();
    private final List<MailClient> mailClients = new ArrayList<>();

    private Targets(Vertx vertx, Secrets secrets, Resolver resolver, HttpClientOptions http, Executor workers) {
        this.vertx = vertx;
        this.secrets = secrets;
        this.resolver = resolver;
        this.workers = workers;
        // A connection for each request: it must go to the address that was checked for it.
        this.client = vertx.createHttpClient(http.setKeepAlive(false).setMaxHeaderSize(16_384));
    }

    /** Throws IllegalArgumentException where a secret has not the form that its use needs. */
    static Targets of(
            Vertx vertx,
            RulesConfig rules,
            Secrets secrets,
            Resolver resolver,
            HttpClientOptions http,
            Executor workers) {
        Targets targets = new Targets(vertx, secrets, resolver, http, workers);
        rules.webhooks().forEach((name, webhook) -> targets.add("webhooks." + name, webhook));
        rules.channels().forEach((name, channel) -> targets.add("notify." + name, channel));
        return targets;
    }

    Optional<Target> find(String name) {
        return Optional.ofNullable(targets.get(name));
    }

    private void add(String name, ChannelConfig channel) {
        if (channel instanceof EmailConfig email) {
            MailClient mail = MailClient.create(vertx, mailConfig(email));
            mailClients.add(mail);
            targets.put(name, new Target(new MailFormat(), new MailSender(mail, email)));
        } else if (channel instanceof LogConfig) {
            targets.put(name, new Target(new LogFormat(), new LogSender()));
        } else if (channel instanceof WebhookConfig webhook) {
            Format format = format(webhook);
            targets.put(
                    name, new Target(format, new HttpSender(client, target(name, webhook), format, resolver, workers)));
        }
    }

    private Format format(WebhookConfig webhook) {
        return switch (webhook.format()) {
            case CLOUDEVENTS -> new CloudEventsFormat();
            case JSON -> new JsonFormat();
            case SLACK -> new SlackFormat();
            case DISCORD -> new DiscordFormat();
            case NTFY -> new NtfyFormat(webhook.topic().orElse(""));
            case PAGERDUTY ->
                new PagerDutyFormat(webhook.routingKey().map(secrets::value).orElse(""));
        };
    }

    private HttpTarget target(String name, WebhookConfig webhook) {
        return new HttpTarget(
                url(name, webhook),
                webhook.secret().map(secret -> StandardSignature.of(secret, secrets.value(secret))),
                webhook.token().map(secrets::value),
                webhook.allowPrivate(),
                webhook.timeout());
    }

    private URI url(String name, WebhookConfig webhook) {
        return webhook.url().orElseGet(() -> {
            String secret = webhook.urlSecret().orElse("");
            try {
                return WebhookConfig.parseUrl(secrets.value(secret));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        name + " needs an address in the secret \"" + secret + "\": " + e.getMessage(), e);
            }
        });
    }

    private MailConfig mailConfig(EmailConfig email) {
        int timeoutSeconds = (int) Math.min(3600, email.timeout().toSeconds());
        MailConfig config = new MailConfig()
                .setHostname(email.server())
                .setPort(email.port())
                .setSsl(email.tls() == EmailConfig.Tls.TLS)
                .setStarttls(
                        email.tls() == EmailConfig.Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setLogin(email.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
                .setKeepAlive(false)
                .setConnectTimeout(timeoutSeconds * 1000)
                .setIdleTimeout(timeoutSeconds)
                .setUserAgent("keepwatch");
        email.user().ifPresent(config::setUsername);
        email.password().map(secrets::value).ifPresent(config::setPassword);
        return config;
    }

    @Override
    public void close() {
        client.close();
        mailClients.forEach(MailClient::close);
    }
}
