package io.keepwatch.action.hook;

import io.keepwatch.action.wire.JsonText;
import io.keepwatch.action.wire.StandardSignature;
import io.keepwatch.config.HookConfig;
import io.keepwatch.config.Secrets;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The doors {@code /hooks/<name>}: who proves to know the secret makes a {@code webhook.<name>} event. It does nothing by
 * itself: the caller accepts the event, says so, and answers. For any thread.
 */
public final class InboundHooks {
    /** What a route need not read more than; a longer body is refused. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 32;

    private final String host;
    private final Map<String, HookScheme> schemes = new HashMap<>();
    private final SeenCalls seen = new SeenCalls();

    /**
     * Throws IllegalArgumentException where a secret has not the form that its scheme needs.
     *
     * @param host the name of this machine
     * @param ids for calls that bring none
     */
    public InboundHooks(String host, Map<String, HookConfig> hooks, Secrets secrets, Supplier<String> ids) {
        this.host = host;
        hooks.forEach((name, hook) -> schemes.put(name, scheme(hook, secrets, ids)));
    }

    /**
     * Judges a call.
     *
     * @param headers in any case; of a doubled one, the first
     */
    public HookAnswer receive(String name, Map<String, String> headers, byte[] body, Instant now) {
        HookScheme scheme = schemes.get(name);
        if (scheme == null) {
            return new HookAnswer.Refused(404, "there is no hook of this name");
        }
        if (body.length > MAX_BODY_BYTES) {
            return new HookAnswer.Refused(413, "the body is larger than 256 KiB");
        }
        HookScheme.Proof proof = scheme.check(new HookCall(headers, body), now);
        if (proof instanceof HookScheme.Proof.Good good) {
            return judged(name, good, body, now);
        }
        HookScheme.Proof.Bad bad = (HookScheme.Proof.Bad) proof;
        return new HookAnswer.Refused(bad.status(), bad.problem());
    }

    /** The event is on disk: a call that says the same is a repeated one from now on. */
    public void accepted(HookAnswer.Accepted call, Instant now) {
        seen.add(call.event().source() + "\n" + call.event().id(), now);
        seen.add(call.event().source() + "\n" + call.fingerprint(), now);
    }

    private HookAnswer judged(String name, HookScheme.Proof.Good good, byte[] body, Instant now) {
        String source = EventSource.of(host, "hooks/" + name);
        String fingerprint = source + "\n" + good.fingerprint();
        if (seen.contains(source + "\n" + good.id(), now) || seen.contains(fingerprint, now)) {
            return new HookAnswer.Repeated(good.id());
        }
        try {
            Object value = JsonText.value(body);
            if (!JsonDepth.isWithin(value, MAX_DEPTH)) {
                return new HookAnswer.Refused(400, "the JSON is nested deeper than " + MAX_DEPTH + " levels");
            }
            Map<String, Object> data = Map.of("body", value, "host", host);
            return new HookAnswer.Accepted(
                    RuleEvent.of(good.id(), source, "webhook." + name, name, now, data), good.fingerprint());
        } catch (IOException e) {
            return new HookAnswer.Refused(400, "the body is not JSON");
        }
    }

    private static HookScheme scheme(HookConfig hook, Secrets secrets, Supplier<String> ids) {
        String secret = secrets.value(hook.secret());
        return switch (hook.scheme()) {
            case STANDARD -> new StandardScheme(StandardSignature.of(hook.secret(), secret));
            case GITHUB -> new GithubScheme(secret);
            case BEARER -> new BearerScheme(secret, ids);
        };
    }
}
