package io.keepwatch.daemon;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.http.Page;
import io.keepwatch.http.PageRequest;
import io.keepwatch.http.RefusedException;
import io.keepwatch.http.RulesView;
import io.keepwatch.workflow.engine.StepState;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.rule.Rule.Mode;
import io.keepwatch.workflow.rule.StepPath;
import io.keepwatch.workflow.rule.Trigger;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.state.KeeperStatus;
import io.keepwatch.workflow.state.Question;
import io.keepwatch.workflow.state.RuleActivity;
import io.keepwatch.workflow.state.RunQuestion;
import io.keepwatch.workflow.state.RunSummary;
import io.keepwatch.workflow.trial.Explanation;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Shows the rules and takes answers and silences for them. */
final class RulesBoard implements RulesView {
    private static final int VERDICTS = 50;
    /** Among so many of the newest are those that an event has just started. */
    private static final int RUNS = 200;

    private final RuleService service;
    private final EventReplay replay;
    private final Executor workers;
    private final Clock clock;

    RulesBoard(RuleService service, Executor workers, Clock clock) {
        this.service = service;
        this.replay = new EventReplay(service);
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Rules> rules() {
        return service.keeper().status().thenApplyAsync(this::rules, workers);
    }

    private Rules rules(KeeperStatus status) {
        Map<String, RuleActivity> activity = new HashMap<>();
        service.state().reader().activity().forEach(one -> activity.put(one.rule(), one));
        Map<String, RunSummary> last = new HashMap<>();
        service.state().reader().lastRuns().forEach(run -> last.put(run.rule(), run));
        List<Rule> items = service.rules().rules().stream()
                .sorted(Comparator.comparing(io.keepwatch.workflow.rule.Rule::name))
                .map(rule -> rule(
                        rule,
                        status,
                        Optional.ofNullable(activity.get(rule.name())),
                        Optional.ofNullable(last.get(rule.name()))))
                .toList();
        return new Rules(items, mistakes(service.lastLoad()));
    }

    private static Rule rule(
            io.keepwatch.workflow.rule.Rule rule,
            KeeperStatus status,
            Optional<RuleActivity> activity,
            Optional<RunSummary> last) {
        return new Rule(
                rule.name(),
                rule.place(),
                rule.description(),
                word(rule.mode()),
                rule.on().map(on -> String.join(", ", on.types())),
                rule.mode() != Mode.OFF && status.firing().contains(rule.name()),
                activity.map(RuleActivity::runs).orElse(0),
                last.map(run -> new LastRun(run.id(), word(run.status()), run.created())),
                Optional.ofNullable(status.problems().get(rule.name())));
    }

    private static List<Mistake> mistakes(LoadedRules loaded) {
        return loaded.errors().stream().map(RulesBoard::mistake).toList();
    }

    private static Mistake mistake(ConfigProblem problem) {
        return new Mistake(
                problem.file().toString(),
                problem.position().line(),
                problem.position().column(),
                problem.problem(),
                problem.advice());
    }

    @Override
    public CompletionStage<Reload> reload() {
        return service.reload()
                .thenApply(loaded -> new Reload(
                        loaded.rules().isPresent(), service.rules().rules().size(), mistakes(loaded)));
    }

    @Override
    public CompletionStage<Page<Run>> runs(RunQuery query, PageRequest page) {
        return ask(() -> {
            RunQuestion question = new RunQuestion(
                    query.rule(),
                    query.status().map(status -> status.toUpperCase(Locale.ROOT)),
                    page.cursor(),
                    query.range().from(),
                    query.range().to(),
                    page.limit() + 1);
            List<Run> found = service.state().reader().runs(question).stream()
                    .map(RulesBoard::run)
                    .toList();
            return Page.of(found, page.limit(), Run::id);
        });
    }

    private static Run run(RunSummary run) {
        return new Run(
                run.id(),
                run.rule(),
                run.key(),
                run.eventType(),
                run.eventSubject(),
                run.resolve(),
                word(run.status()),
                run.created(),
                run.ended(),
                text(run.problem()));
    }

    @Override
    public CompletionStage<Optional<RunDetail>> run(String id) {
        return ask(() -> service.state().reader().run(id).map(found -> {
            RuleEvent event = found.event();
            Optional<Instant> ended = service.state().reader().summary(id).flatMap(RunSummary::ended);
            Run shown = new Run(
                    found.id(),
                    found.rule(),
                    found.key(),
                    event.type(),
                    event.subject(),
                    found.resolve(),
                    word(found.status()),
                    found.created(),
                    ended,
                    text(found.problem()));
            return new RunDetail(
                    shown,
                    ToldEvents.whole(event),
                    found.steps().entrySet().stream()
                            .map(step -> step(step.getKey(), step.getValue()))
                            .toList());
        }));
    }

    private static RulesView.Step step(String path, StepState state) {
        Map<String, Object> result = new LinkedHashMap<>(state.result());
        result.remove("status");
        result.remove("error");
        result.remove("attempts");
        return new RulesView.Step(
                path, state.status().word(), state.attempt(), state.until(), text(state.error()), result);
    }

    @Override
    public CompletionStage<Optional<List<Verdict>>> explain(String name) {
        return ask(() -> service.rules()
                .rule(name)
                .map(rule -> service.latest(rule.on().map(Trigger::types).orElse(List.of())).stream()
                        .limit(VERDICTS)
                        .map(event -> verdict(rule, event))
                        .toList()));
    }

    private Verdict verdict(io.keepwatch.workflow.rule.Rule rule, RuleEvent event) {
        Explanation explanation =
                Explanation.of(rule, event, service.state().reader().previous(rule.name(), event));
        return new Verdict(
                ToldEvents.brief(event),
                explanation.matches(),
                explanation.verdict(),
                explanation.parts().stream()
                        .map(part -> new Part(part.key(), part.expression(), part.value()))
                        .toList());
    }

    @Override
    public CompletionStage<Optional<Replayed>> replay(String id, String by) {
        return ask(() -> service.state().reader().event(id).stream().findFirst())
                .thenCompose(found -> found.map(event -> replay.of(event, by).thenApplyAsync(this::replayed, workers))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    private Optional<Replayed> replayed(RuleEvent event) {
        List<String> runs = service.state().reader().runs(RunQuestion.newest(RUNS)).stream()
                .filter(run -> run.eventId().equals(event.id()))
                .map(RunSummary::id)
                .toList();
        return Optional.of(new Replayed(event.id(), event.causation(), event.type(), event.subject(), runs));
    }

    @Override
    public CompletionStage<List<Approval>> approvals() {
        return ask(() -> service.state().reader().questions().stream()
                .map(this::approval)
                .toList());
    }

    private Approval approval(Question question) {
        boolean otherwise = StepPath.find(service.rules(), question.rule(), question.path())
                .map(step -> step.verb())
                .filter(verb -> verb instanceof Verb.Approve approve && approve.otherwise())
                .isPresent();
        Instant asked = service.state()
                .reader()
                .summary(question.run())
                .map(RunSummary::created)
                .orElse(clock.instant());
        return new Approval(
                question.run(), question.path(), question.rule(), question.text(), asked, question.until(), otherwise);
    }

    @Override
    public CompletionStage<Boolean> answer(Decision decision, String by) {
        return service.keeper().answer(decision.run(), decision.step(), decision.approved(), by);
    }

    @Override
    public CompletionStage<List<Silence>> silences() {
        return ask(() -> service.state().reader().silences(clock.instant()).stream()
                .map(RulesBoard::silence)
                .toList());
    }

    @Override
    public CompletionStage<Silence> silence(SilenceOrder order, String by) {
        if (!order.rule().equals("*") && service.rules().rule(order.rule()).isEmpty()) {
            return CompletableFuture.failedFuture(
                    RefusedException.notFound("there is no rule \"" + order.rule() + "\"; * stands for all"));
        }
        if (!order.until().isAfter(clock.instant())) {
            return CompletableFuture.failedFuture(
                    RefusedException.badRequest("until lies in the past: nothing would be silent"));
        }
        String comment = order.comment().isEmpty() ? "by " + by : order.comment();
        io.keepwatch.workflow.engine.Silence silence = new io.keepwatch.workflow.engine.Silence(
                UUID.randomUUID().toString().substring(0, 8), order.rule(), order.subject(), order.until(), comment);
        return service.keeper().silence(silence).thenApply(done -> silence(silence));
    }

    private static Silence silence(io.keepwatch.workflow.engine.Silence silence) {
        return new Silence(silence.id(), silence.rule(), silence.subject(), silence.until(), silence.comment());
    }

    @Override
    public CompletionStage<Boolean> unsilence(String id) {
        return ask(() -> service.state().reader().silences(clock.instant()).stream()
                        .filter(silence -> silence.id().equals(id))
                        .findFirst())
                .thenCompose(found -> found.map(silence -> service.keeper()
                                .silence(new io.keepwatch.workflow.engine.Silence(
                                        id, silence.rule(), silence.subject(), clock.instant(), silence.comment()))
                                .thenApply(done -> true))
                        .orElseGet(() -> CompletableFuture.completedFuture(false)));
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, workers);
    }

    private static Optional<String> text(String maybe) {
        return Optional.of(maybe).filter(text -> !text.isEmpty());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
