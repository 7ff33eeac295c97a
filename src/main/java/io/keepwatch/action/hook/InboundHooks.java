package io.keepwatch.action.hook;

import io.keepwatch.action.wire.StandardSignature;
import io.keepwatch.config.HookConfig;
import io.keepwatch.config.Secrets;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.RuleEvent;
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

    private final String host;
    private final Map<String, HookScheme> schemes = new HashMap<>();
    private final Supplier<String> ids;
    private final SeenCalls seen = new SeenCalls();

    /**
     * Throws IllegalArgumentException where a secret has not the form that its scheme needs.
     *
     * @param host the name of this machine
     * @param ids for calls that bring none
     */
    public InboundHooks(String host, Map<String, HookConfig> hooks, Secrets secrets, Supplier<String> ids) {
        this.host = host;
        this.ids = ids;
        hooks.forEach((name, hook) -> schemes.put(name, scheme(hook, secrets)));
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
        HookCall call = new HookCall(headers, body);
        HookScheme.Proof proof = scheme.check(call, now);
        if (proof instanceof HookScheme.Proof.Good good) {
            return judged(name, good, call, now);
        }
        HookScheme.Proof.Bad bad = (HookScheme.Proof.Bad) proof;
        return new HookAnswer.Refused(bad.status(), bad.problem());
    }

    /** The event is on disk: a call that says the same is a repeated one from now on. */
    public void accepted(HookAnswer.Accepted call, Instant now) {
        seen.add(call.event().source() + "\n" + call.event().id(), now);
        seen.add(call.event().source() + "\n" + call.fingerprint(), now);
    }

    private HookAnswer judged(String name, HookScheme.Proof.Good good, HookCall call, Instant now) {
        String source = EventSource.of(host, "hooks/" + name);
        try {
            HookContent content = HookContent.of(call);
            String id = good.id().or(content::id).orElseGet(ids);
            String fingerprint = good.fingerprint().orElse(id);
            if (seen.contains(source + "\n" + id, now) || seen.contains(source + "\n" + fingerprint, now)) {
                return new HookAnswer.Repeated(id);
            }
            RuleEvent event = RuleEvent.of(id, source, "webhook." + name, name, now, content.data(host))
                    .tracedBy(content.trace());
            return new HookAnswer.Accepted(event, fingerprint);
        } catch (RefusedCallException e) {
            return e.answer();
        }
    }

    private static HookScheme scheme(HookConfig hook, Secrets secrets) {
        String secret = secrets.value(hook.secret());
        return switch (hook.scheme()) {
            case STANDARD -> new StandardScheme(StandardSignature.of(hook.secret(), secret));
            case GITHUB -> new GithubScheme(secret);
            case BEARER -> new BearerScheme(secret);
        };
    }
}
