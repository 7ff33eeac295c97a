package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.expr.Lookup;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the steps of one run look up. A difference that takes time is asked for, and empty until it is there: whoever evaluates
 * then asks {@link #wasLacking}, and evaluates again later. For one thread.
 */
final class RunLookup implements Lookup {
    private final Lookup others;
    private final Function<List<String>, Optional<String>> ask;
    private final Map<List<String>, String> known = new HashMap<>();
    private final Set<List<String>> asked = new HashSet<>();
    private boolean lacking;

    /** @param ask is called once for each list of paths; empty where {@link #learn} tells it later */
    RunLookup(Lookup others, Function<List<String>, Optional<String>> ask) {
        this.others = others;
        this.ask = ask;
    }

    void learn(List<String> paths, String text) {
        known.put(List.copyOf(paths), text);
    }

    /** Whether something was looked up since this was asked last that is not known yet. */
    boolean wasLacking() {
        boolean was = lacking;
        lacking = false;
        return was;
    }

    @Override
    public String diff(List<String> paths) {
        if (!known.containsKey(paths) && asked.add(List.copyOf(paths))) {
            ask.apply(paths).ifPresent(text -> learn(paths, text));
        }
        Optional<String> text = Optional.ofNullable(known.get(paths));
        lacking |= text.isEmpty();
        return text.orElse("");
    }

    @Override
    public Optional<RuleEvent> state(String type, String subject) {
        return others.state(type, subject);
    }

    @Override
    public List<String> pathsOn(String disk) {
        return others.pathsOn(disk);
    }

    @Override
    public String secret(String name) {
        return others.secret(name);
    }
}
