package io.keepwatch.http;

import io.keepwatch.http.RulesView.Approval;
import io.keepwatch.http.RulesView.Decision;
import io.keepwatch.http.RulesView.RunQuery;
import io.keepwatch.http.RulesView.Silence;
import io.keepwatch.http.RulesView.SilenceOrder;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** {@code /api/v1/rules}, {@code reload}, {@code events/:id/replay}, {@code runs}, {@code approvals} and {@code silences}. */
public final class RuleRoutes implements RouteGroup {
    private static final Set<String> STATUSES =
            Set.of("queued", "running", "succeeded", "failed", "uncertain", "cancelled", "shadow");

    private final Optional<RulesView> view;

    /** @param view without one every route answers 409 */
    public RuleRoutes(Optional<RulesView> view) {
        this.view = view;
    }

    record Approvals(List<Approval> items) {}

    record Verdicts(List<RulesView.Verdict> items) {}

    record Silences(List<Silence> items) {}

    /** Bodies; what is absent is empty, so that the answer can say what is missing. */
    record Answered(Optional<String> run, Optional<String> step, Optional<Boolean> approved) {
        Decision decision() {
            return new Decision(
                    run.orElseThrow(() -> missing("run")),
                    step.orElseThrow(() -> missing("step")),
                    approved.orElseThrow(() -> missing("approved")));
        }
    }

    record Wanted(Optional<String> rule, Optional<String> subject, Optional<Instant> until, Optional<String> comment) {
        SilenceOrder order() {
            return new SilenceOrder(
                    rule.orElse("*"),
                    subject.orElse("*"),
                    until.orElseThrow(() -> missing("until")),
                    comment.orElse(""));
        }
    }

    private static RefusedException missing(String key) {
        return RefusedException.badRequest(key + " is missing in the body");
    }

    @Override
    public void mount(Router router) {
        router.get("/api/v1/rules").handler(with((rules, context) -> Answer.json(context, 200, rules.rules())));
        router.get("/api/v1/rules/:name/explain").handler(with(this::explain));
        router.post("/api/v1/reload").handler(with((rules, context) -> Answer.json(context, 200, rules.reload())));
        router.post("/api/v1/events/:id/replay").handler(with(this::replay));
        router.get("/api/v1/runs").handler(with(this::runs));
        router.get("/api/v1/runs/:id").handler(with(this::run));
        router.get("/api/v1/approvals")
                .handler(with((rules, context) ->
                        Answer.json(context, 200, rules.approvals().thenApply(Approvals::new))));
        router.post("/api/v1/approvals").handler(with(this::answer));
        router.get("/api/v1/silences")
                .handler(with((rules, context) ->
                        Answer.json(context, 200, rules.silences().thenApply(Silences::new))));
        router.post("/api/v1/silences").handler(with(this::silence));
        router.delete("/api/v1/silences/:id").handler(with(this::unsilence));
    }

    private Handler<RoutingContext> with(BiConsumer<RulesView, RoutingContext> route) {
        return context -> route.accept(
                view.orElseThrow(() ->
                        RefusedException.stuck("Rules are not running", "no rules are configured: see docs/rules.md")),
                context);
    }

    private void explain(RulesView rules, RoutingContext context) {
        String name = context.pathParam("name");
        Answer.json(
                context,
                200,
                rules.explain(name)
                        .thenApply(found -> new Verdicts(found.orElseThrow(
                                () -> RefusedException.notFound("there is no rule \"" + name + "\"")))));
    }

    private void replay(RulesView rules, RoutingContext context) {
        String id = context.pathParam("id");
        Answer.json(
                context,
                202,
                rules.replay(id, Caller.of(context).name())
                        .thenApply(found -> found.orElseThrow(() -> RefusedException.notFound("no event \"" + id
                                + "\" is kept: only those are that made some rule run, for 30 days"))));
    }

    private void runs(RulesView rules, RoutingContext context) {
        Query query = new Query(context);
        Optional<String> status = query.text("status");
        if (status.filter(word -> !STATUSES.contains(word)).isPresent()) {
            throw RefusedException.badRequest("status is \"" + status.get() + "\", but must be one of "
                    + String.join(", ", STATUSES.stream().sorted().toList()));
        }
        Answer.json(context, 200, rules.runs(new RunQuery(query.text("rule"), status, query.range()), query.page()));
    }

    private void run(RulesView rules, RoutingContext context) {
        String id = context.pathParam("id");
        Answer.json(
                context,
                200,
                rules.run(id)
                        .thenApply(found -> found.orElseThrow(() ->
                                RefusedException.notFound("there is no run \"" + id + "\", or it is kept no more"))));
    }

    private void answer(RulesView rules, RoutingContext context) {
        Decision decision = Body.read(context, Answered.class).decision();
        done(
                context,
                rules.answer(decision, Caller.of(context).name()),
                "nobody waits for an answer to step \"" + decision.step() + "\" of run \"" + decision.run() + "\"");
    }

    private void silence(RulesView rules, RoutingContext context) {
        SilenceOrder order = Body.read(context, Wanted.class).order();
        Answer.json(context, 201, rules.silence(order, Caller.of(context).name()));
    }

    private void unsilence(RulesView rules, RoutingContext context) {
        String id = context.pathParam("id");
        done(context, rules.unsilence(id), "there is no silence \"" + id + "\"");
    }

    private static void done(RoutingContext context, CompletionStage<Boolean> found, String otherwise) {
        Answer.to(context, found, was -> {
            if (was) {
                context.response().setStatusCode(204).end();
            } else {
                throw RefusedException.notFound(otherwise);
            }
        });
    }
}
