package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.expr.Names;
import io.keepwatch.workflow.expr.Names.StepFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the steps of one rule may speak of, as it grows from step to step. For one rule and one thread. */
final class Scope {
    private final Names base;
    private final Map<String, YamlValue> ids;
    private final Map<String, StepFields> done;
    private Names names;

    /** @param ids every id of the rule and where it stands */
    Scope(Names base, Map<String, YamlValue> ids) {
        this(base, ids, Map.of());
    }

    private Scope(Names base, Map<String, YamlValue> ids, Map<String, StepFields> done) {
        this.base = base;
        this.ids = ids;
        this.done = new LinkedHashMap<>(done);
        this.names = base.withSteps(done);
    }

    Names names() {
        return names;
    }

    /** Whether the rule has such a step, though perhaps a later one. */
    boolean hasStep(String id) {
        return ids.containsKey(id);
    }

    boolean isFirst() {
        return done.isEmpty();
    }

    void add(String id, StepFields fields) {
        done.put(id, fields);
        names = base.withSteps(done);
    }

    /** The steps that this has and the other has not. */
    Map<String, StepFields> newSince(Scope before) {
        Map<String, StepFields> more = new LinkedHashMap<>(done);
        more.keySet().removeAll(before.done.keySet());
        return more;
    }

    /** The same, growing on its own. */
    Scope copy() {
        return new Scope(base, ids, done);
    }

    /** The same with other variables beside the steps. */
    Scope over(UnaryOperator<Names> more) {
        return new Scope(more.apply(base), ids, done);
    }
}
