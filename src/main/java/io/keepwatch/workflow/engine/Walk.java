package io.keepwatch.workflow.engine;

import io.keepwatch.workflow.engine.StepState.Status;
import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.expr.Template;
import io.keepwatch.workflow.expr.Values;
import io.keepwatch.workflow.expr.Variables;
import io.keepwatch.workflow.rule.Rule;
import io.keepwatch.workflow.rule.Step;
import io.keepwatch.workflow.rule.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds out what a run does next: it goes through the steps from the first on, believes what is recorded of each, and stops
 * where something must be done. So a run that was interrupted needs no other memory than those records.
 */
final class Walk {
    private static final Pattern STATUS_FUNCTION = Pattern.compile("\\b(?:success|failure|always)\\s*\\(");
    private static final Duration DEFAULT_PATIENCE = Duration.ofHours(24);

    private final Function<String, Optional<Rule>> rules;
    private final RunLookup lookup;
    private final Gate gate;
    private final Instant now;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Instant> sleeps = new ArrayList<>();
    private Run run;
    private String problem = "";
    /** Whether nothing begins any more, as the run is replaced. */
    private boolean ending;

    private Walk(Run run, Function<String, Optional<Rule>> rules, RunLookup lookup, Gate gate, Instant now) {
        this.run = run;
        this.ending = run.isReplaced();
        this.rules = rules;
        this.lookup = lookup;
        this.gate = gate;
        this.now = now;
    }

    /**
     * Where a run stands.
     *
     * @param run with what was decided on the way; ended when nothing is left to do
     * @param tasks to be done now; they are recorded as running
     * @param wake when to look again although nothing was done
     */
    record Position(Run run, List<Task> tasks, Optional<Instant> wake) {}

    static Position of(
            Run run, Rule rule, Function<String, Optional<Rule>> rules, RunLookup lookup, Gate gate, Instant now) {
        Walk walk = new Walk(run, rules, lookup, gate, now);
        Optional<Run.Status> end = walk.through(rule);
        Run after = end.map(status -> walk.run.in(status, walk.problem)).orElse(walk.run);
        return new Position(after, List.copyOf(walk.tasks), walk.sleeps.stream().min(Instant::compareTo));
    }

    private Optional<Run.Status> through(Rule rule) {
        Context context = new Context("", new LinkedHashMap<>(), new LinkedHashMap<>());
        if (!sequence(run.resolve() ? rule.onResolve() : rule.steps(), context)) {
            return Optional.empty();
        }
        if (ending) {
            context.fail(run.problem());
        }
        problem = ending ? run.problem() : context.error;
        Context after = context.after();
        if (!context.ok && !run.resolve() && !sequence(rule.onFailure(), after)) {
            return Optional.empty();
        }
        ending = false;
        Context last = context.after();
        if (!run.resolve() && !sequence(rule.lastly(), last)) {
            return Optional.empty();
        }
        if (run.isReplaced()) {
            return Optional.of(Run.Status.CANCELLED);
        }
        return Optional.of(
                context.ok ? Run.Status.SUCCEEDED : context.uncertain ? Run.Status.UNCERTAIN : Run.Status.FAILED);
    }

    /** Whether all of it is over. */
    private boolean sequence(List<Step> steps, Context context) {
        for (Step step : steps) {
            if (!step(step, context)) {
                return false;
            }
        }
        return true;
    }

    private boolean step(Step step, Context context) {
        String path = context.prefix + step.id();
        if (!run.steps().containsKey(path) && ending) {
            record(path, StepState.skipped(run.problem()));
        } else if (!run.steps().containsKey(path)) {
            begin(step, path, context);
        }
        StepState state = run.steps().get(path);
        if (state != null && !state.status().isEnd()) {
            state = goOn(step, path, state, context);
        }
        if (state == null || !state.status().isEnd()) {
            return false;
        }
        context.take(step, state);
        return true;
    }

    /** Decides whether a step runs; records what follows at once, and nothing while something that it looks up is not known. */
    private void begin(Step step, String path, Context context) {
        try {
            boolean asksStatus = step.condition()
                    .filter(condition ->
                            STATUS_FUNCTION.matcher(condition.text()).find())
                    .isPresent();
            boolean wanted =
                    step.condition().isEmpty() || step.condition().get().isTrue(values(context));
            if (lookup.wasLacking()) {
                return;
            }
            if (!(asksStatus || context.ok) || !wanted) {
                record(path, StepState.skipped(""));
                return;
            }
            if (!isKnown(step, context)) {
                return;
            }
            Optional<String> refusal = gate.refusal(run, path, step, now);
            if (refusal.isPresent()) {
                record(path, StepState.skipped(refusal.get()));
                return;
            }
            start(step, path, 1, context);
        } catch (ExpressionException e) {
            if (!lookup.wasLacking()) {
                record(path, StepState.ended(Status.FAILED, 1, String.valueOf(e.getMessage()), Map.of()));
            }
        }
    }

    /** Whether all differences are known that the step asks for; those that are not are looked up from now on. */
    private boolean isKnown(Step step, Context context) {
        List<Expression> asking = step.templates()
                .flatMap(Template::expressions)
                .filter(expression -> expression.uses("diff"))
                .toList();
        if (asking.isEmpty()) {
            return true;
        }
        Values values = values(context);
        asking.forEach(expression -> ask(expression, values));
        return !lookup.wasLacking();
    }

    private static void ask(Expression expression, Values values) {
        try {
            expression.evaluate(values);
        } catch (ExpressionException e) {
            // The step itself fails by it, or has no need of this expression.
        }
    }

    private void start(Step step, String path, int attempt, Context context) throws ExpressionException {
        Values values = values(context);
        if (step.verb() instanceof Verb.Wait wait) {
            record(path, waiting(now.plus(wait.time()), Map.of()));
        } else if (step.verb() instanceof Verb.Approve approve) {
            Map<String, Object> question =
                    Map.of("question", Template.shown(approve.question().evaluate(values)));
            record(path, waiting(now.plus(step.timeout().orElse(DEFAULT_PATIENCE)), question));
        } else if (step.verb() instanceof Verb.ForEach each) {
            record(
                    path,
                    new StepState(
                            Status.RUNNING,
                            1,
                            Optional.empty(),
                            Map.of("items", each.items().evaluate(values))));
        } else {
            record(path, StepState.running(attempt));
            boolean within = step.verb() instanceof Verb.Parallel || step.verb() instanceof Verb.Call;
            if (!within) {
                tasks.add(new Task(run, path, step, attempt, step.with().evaluate(values), values));
            }
        }
    }

    private StepState goOn(Step step, String path, StepState state, Context context) {
        boolean isDue = state.until().filter(until -> !until.isAfter(now)).isPresent();
        if (step.verb() instanceof Verb.Parallel parallel) {
            return parallel(parallel.nested(), path, context);
        } else if (step.verb() instanceof Verb.Call call) {
            List<Step> steps = rules.apply(call.rule()).map(Rule::steps).orElse(List.of());
            return nested(steps, path, context.within(path + "/", Optional.empty()), Map.of());
        } else if (step.verb() instanceof Verb.ForEach each) {
            return forEach(each.nested(), path, state, context);
        } else if (ending) {
            // A command is being stopped; the next run must not meet it.
            if (!(step.verb() instanceof Verb.Run && state.status() == Status.RUNNING)) {
                record(path, StepState.ended(Status.FAILED, state.attempt(), run.problem(), Map.of()));
            }
        } else if (state.status() == Status.WAITING && isDue) {
            record(path, timePassed(step.verb(), state));
        } else if (state.status() == Status.RETRYING && isDue) {
            if (!isKnown(step, context)) {
                return state;
            }
            try {
                start(step, path, state.attempt() + 1, context);
            } catch (ExpressionException e) {
                record(
                        path,
                        StepState.ended(Status.FAILED, state.attempt() + 1, String.valueOf(e.getMessage()), Map.of()));
            }
        } else {
            state.until().ifPresent(sleeps::add);
        }
        return run.steps().getOrDefault(path, state);
    }

    private static StepState timePassed(Verb verb, StepState state) {
        return verb instanceof Verb.Approve approve
                ? answered(state, approve.otherwise(), "")
                : StepState.ended(Status.SUCCEEDED, 1, "", Map.of());
    }

    static StepState answered(StepState state, boolean approved, String by) {
        Map<String, Object> answer = new LinkedHashMap<>(state.result());
        answer.put("approved", approved);
        answer.put("by", by);
        return StepState.ended(Status.SUCCEEDED, 1, "", answer);
    }

    private StepState parallel(List<Step> branches, String path, Context context) {
        boolean over = true;
        Context joined = context.within(path + "/", Optional.empty());
        for (Step branch : branches) {
            Context own = context.within(path + "/", Optional.empty());
            over &= step(branch, own);
            joined.join(own);
        }
        context.visible.putAll(joined.visible);
        return over ? container(path, joined, Map.of()) : run.steps().getOrDefault(path, StepState.running(1));
    }

    private StepState forEach(List<Step> steps, String path, StepState state, Context context) {
        List<?> items = state.result().get("items") instanceof List<?> list ? list : List.of();
        Context all = context.within(path + "/", Optional.empty());
        for (int i = 0; i < items.size() && all.ok; i++) {
            Context own = context.within(path + "/" + i + "/", Optional.of(items.get(i)));
            if (!sequence(steps, own)) {
                return run.steps().getOrDefault(path, state);
            }
            all.join(own);
        }
        return container(path, all, Map.of("count", (long) items.size()));
    }

    private StepState nested(List<Step> steps, String path, Context own, Map<String, Object> result) {
        return sequence(steps, own)
                ? container(path, own, result)
                : run.steps().getOrDefault(path, StepState.running(1));
    }

    private StepState container(String path, Context own, Map<String, Object> result) {
        Status status = own.ok ? Status.SUCCEEDED : own.uncertain ? Status.UNCERTAIN : Status.FAILED;
        StepState ended = StepState.ended(status, 1, own.error, result);
        record(path, ended);
        return ended;
    }

    private static StepState waiting(Instant until, Map<String, Object> result) {
        return new StepState(Status.WAITING, 1, Optional.of(until), result);
    }

    private void record(String path, StepState state) {
        run = run.with(path, state);
    }

    private Values values(Context context) {
        Map<String, Object> variables = new LinkedHashMap<>(context.more);
        variables.putAll(Variables.of(run.event(), run.previous()));
        variables.put("steps", new LinkedHashMap<>(context.visible));
        variables.put(
                "run",
                Map.of(
                        "id", run.id(),
                        "rule", run.rule(),
                        "ok", context.runOk(),
                        "status", context.runOk() ? "running" : "failed"));
        variables.put(Variables.SUCCESS, context.ok);
        return new Values(variables, lookup);
    }

    /** What the steps of one sequence know. */
    private static final class Context {
        private final String prefix;
        private final Map<String, Object> visible;
        private final Map<String, Object> more;
        private boolean ok = true;
        private boolean uncertain;
        private boolean mainFailed;
        private String error = "";
        private String failedStep = "";

        Context(String prefix, Map<String, Object> visible, Map<String, Object> more) {
            this.prefix = prefix;
            this.visible = visible;
            this.more = more;
        }

        void take(Step step, StepState state) {
            visible.put(step.id(), state.result());
            boolean failed = state.status() == Status.FAILED || state.status() == Status.UNCERTAIN;
            if (failed && !step.goesOn()) {
                if (ok) {
                    error = "step \"" + step.id() + "\": " + state.error();
                    failedStep = step.id();
                }
                ok = false;
                uncertain |= state.status() == Status.UNCERTAIN;
            }
        }

        void fail(String why) {
            error = ok ? why : error;
            ok = false;
        }

        boolean runOk() {
            return ok && !mainFailed;
        }

        /** For the steps behind the main ones. */
        Context after() {
            Map<String, Object> variables = new LinkedHashMap<>(more);
            variables.put(
                    "error",
                    Map.of(
                            "message",
                            error,
                            "step",
                            failedStep,
                            "status",
                            uncertain ? "uncertain" : ok ? "" : "failed"));
            Context next = new Context("", visible, variables);
            next.mainFailed = !ok;
            return next;
        }

        Context within(String path, Optional<Object> item) {
            Map<String, Object> variables = new LinkedHashMap<>(more);
            item.ifPresent(value -> variables.put("item", value));
            Context inner = new Context(path, new LinkedHashMap<>(visible), variables);
            inner.mainFailed = mainFailed;
            return inner;
        }

        void join(Context branch) {
            visible.putAll(branch.visible);
            if (ok && !branch.ok) {
                error = branch.error;
                failedStep = branch.failedStep;
            }
            ok &= branch.ok;
            uncertain |= branch.uncertain;
        }
    }
}
