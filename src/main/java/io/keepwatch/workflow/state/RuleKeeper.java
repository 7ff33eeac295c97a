package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Changes;
import io.keepwatch.workflow.engine.Engine;
import io.keepwatch.workflow.engine.Memory;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Silence;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.expr.ExpressionException;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.rule.Verb;
import io.keepwatch.workflow.type.RuleEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules at work and durable: gives the engine events, time, results and answers, commits what it decides, and only then does
 * it. One thread of its own drives the engine; any thread may call. After a stop or a crash a new keeper on the same state
 * goes on where this one was.
 */
public final class RuleKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleKeeper.class);
    private static final int MAX_UNFINISHED = 10_000;

    private final StateDatabase state;
    private final Performer performer;
    private final Surroundings surroundings;
    private final Clock clock;
    private final KeeperLoop loop;
    private final Journal journal;
    private final Undertaker undertaker;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final KeeperPorts ports;
    private final Engine engine;
    private RuleSet rules;
    private long events;
    private int hostOpenings;

    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails now is made again at the next start
    private RuleKeeper(
            StateDatabase state, RuleSet rules, Performer performer, Surroundings surroundings, Clock clock) {
        this.state = state;
        this.rules = rules;
        this.performer = performer;
        this.surroundings = surroundings;
        this.clock = clock;
        this.loop = new KeeperLoop(clock, this::tick);
        this.journal = new Journal(state, loop.executor(), this::carryOut);
        this.undertaker = new Undertaker(state);
        RuleLoader loader = new RuleLoader(Known.NOTHING);
        Memory memory = state.memory(rules, revision -> loader.load(revision).rules(), now());
        state.keepOnly(rules);
        this.ports = new KeeperPorts(state, surroundings, new SecureRandom());
        this.engine = new Engine(rules, ports, memory, now());
    }

    /**
     * Goes on with the runs that are open, and takes events from then on. Blocks while it reads the state.
     *
     * @param performer does all steps but {@code emit}, which is done here
     */
    public static RuleKeeper start(
            StateDatabase state, RuleSet rules, Performer performer, Surroundings surroundings, Clock clock) {
        RuleKeeper keeper = new RuleKeeper(state, rules, performer, surroundings, clock);
        keeper.loop.begin();
        return keeper;
    }

    /**
     * An event came. Completes when all that follows from it is on the disk, and at once when nothing does; fails with
     * {@link EventRefusedException} when it is not taken. What goes on from there must not block.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the count alone
    public CompletionStage<Void> accept(RuleEvent event) {
        Optional<String> refusal = EventCheck.refusal(event);
        if (refusal.isEmpty() && unfinished.get() >= MAX_UNFINISHED) {
            refusal = Optional.of("more than " + MAX_UNFINISHED + " events wait to be written down: try again later");
        }
        if (refusal.isPresent()) {
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(new EventRefusedException(refusal.get()));
        }
        unfinished.incrementAndGet();
        CompletableFuture<Void> promise = new CompletableFuture<>();
        promise.whenComplete((done, problem) -> unfinished.decrementAndGet());
        loop.run(promise, () -> {
            events++;
            Optional<String> mismatch = EventCheck.mismatch(rules.types(), event);
            if (mismatch.isPresent()) {
                undertaker.bury(event, mismatch.get(), now());
            } else {
                engine.accept(event, now());
            }
            settle(promise);
        });
        return promise;
    }

    /** Somebody answered a question. Completes with whether there was one, after the answer is on the disk. */
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is what is returned
    public CompletionStage<Boolean> answer(String run, String step, boolean approved, String by) {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        loop.run(found, () -> {
            boolean waited = engine.answer(run, step, approved, by, now());
            CompletableFuture<Void> promise = new CompletableFuture<>();
            promise.whenComplete((done, problem) -> found.complete(waited));
            settle(promise);
        });
        return found;
    }

    /** Nobody is notified for a time; a silence of the same id is replaced, and ends where its time is over. */
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is what is returned
    public CompletionStage<Void> silence(Silence silence) {
        CompletableFuture<Void> promise = new CompletableFuture<>();
        loop.run(promise, () -> {
            engine.silence(silence);
            state.silence(silence).whenComplete(into(promise));
        });
        return promise;
    }

    /**
     * Other rules from now on, between two events. Triggers that did not change keep what they remember, and runs under way
     * end by the rules they began with.
     */
    public CompletionStage<Void> replace(RuleSet next) {
        CompletableFuture<Void> promise = new CompletableFuture<>();
        loop.run(promise, () -> {
            // What the old rules decided is committed under their revision.
            collect();
            rules = next;
            engine.replace(next, now());
            settle(promise);
        });
        return promise;
    }

    public CompletionStage<KeeperStatus> status() {
        CompletableFuture<KeeperStatus> status = new CompletableFuture<>();
        loop.run(
                status,
                () -> status.complete(new KeeperStatus(
                        engine.openRuns(),
                        events,
                        refused.get(),
                        undertaker.count(),
                        engine.dropped(),
                        engine.firing(),
                        engine.problems())));
        return status;
    }

    private void tick() {
        engine.tick(now());
        settle(new CompletableFuture<>());
    }

    /** After each call of the engine: commits what it decided, and sets the alarm for what is due next. */
    private void settle(CompletableFuture<Void> promise) {
        collect();
        journal.promise(promise);
        journal.flush();
        loop.alarm(engine.next());
        if (engine.hostOpenings() > hostOpenings) {
            hostOpenings = engine.hostOpenings();
            LOG.warn("rules began more runs within a minute than this host is to have: further ones do not take"
                    + " place until it is less; `keepwatch runs` shows which rules run so often");
        }
        ports.takeAsked().forEach(this::lookUp);
    }

    /** Nothing waits for it but the run that asked. */
    private void lookUp(KeeperPorts.Asked asked) {
        CompletionStage<String> answer;
        try {
            answer = surroundings.diff(asked.paths());
        } catch (RuntimeException e) {
            LOG.error("the difference of {} could not be looked up", asked.paths(), e);
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((text, problem) -> {
            String sure = problem == null ? text : "(no difference: " + problem + ")";
            loop.run(new CompletableFuture<Void>(), () -> {
                engine.lookedUp(asked.run(), asked.paths(), sure, now());
                settle(new CompletableFuture<>());
            });
        });
    }

    private void collect() {
        Instant now = now();
        for (Changes changes = engine.take(); !changes.isNothing(); changes = engine.take()) {
            changes.runs().forEach(run -> state.know(RunIdentity.of(run)));
            journal.add(changes, rules.revision(), now);
            for (Task task : changes.tasks()) {
                if (task.step().verb() instanceof Verb.Emit emit) {
                    emit(task, emit, now);
                } else {
                    journal.task(task);
                }
            }
            // In the same transaction, so that no crash comes between an event and what follows from it.
            changes.events().forEach(event -> engine.accept(event, now));
        }
        undertaker.prune(now);
    }

    private void emit(Task task, Verb.Emit emit, Instant now) {
        try {
            RuleEvent event = engine.emitted(task, emit, emit.data().evaluate(task.values()), now);
            Optional<String> refusal = EventCheck.refusal(event);
            if (refusal.isPresent()) {
                engine.completed(task, Outcome.failed(refusal.get(), Map.of()), now);
                return;
            }
            engine.completed(task, Outcome.succeeded(Map.of("event", event.id())), now);
            journal.event(event);
            engine.accept(event, now);
        } catch (ExpressionException e) {
            engine.completed(task, Outcome.failed(String.valueOf(e.getMessage()), Map.of()), now);
        }
    }

    private void carryOut(Batch batch) {
        batch.stopped().forEach(performer::stop);
        batch.undone().forEach(task -> ended(task, Outcome.failed("it was stopped before it began", Map.of())));
        batch.tasks().forEach(this::perform);
        batch.events().forEach(event -> {
            try {
                surroundings.publish(event);
            } catch (RuntimeException e) {
                LOG.error("the event {} {} could not be published", event.type(), event.id(), e);
            }
        });
        batch.promises().forEach(promise -> promise.complete(null));
    }

    private void perform(Task task) {
        CompletionStage<Outcome> outcome;
        try {
            outcome = performer.perform(task);
        } catch (RuntimeException e) {
            LOG.error("the step {} could not be begun", task.idempotencyKey(), e);
            outcome = CompletableFuture.completedFuture(Outcome.failed(e.toString(), Map.of()));
        }
        outcome.whenComplete((ended, problem) ->
                ended(task, problem == null ? ended : Outcome.failed(problem.toString(), Map.of())));
    }

    private void ended(Task task, Outcome outcome) {
        loop.run(new CompletableFuture<Void>(), () -> {
            engine.completed(task, outcome, now());
            settle(new CompletableFuture<>());
        });
    }

    private static BiConsumer<Void, Throwable> into(CompletableFuture<Void> promise) {
        return (done, problem) -> {
            if (problem == null) {
                promise.complete(null);
            } else {
                promise.completeExceptionally(problem);
            }
        };
    }

    /** To the millisecond, as times are on the disk. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Takes no more events, writes down what was decided and what triggers saw last, and ends; steps under way are taken up
     * by the next keeper. Blocks up to ten seconds. The state stays open.
     */
    @Override
    public void close() {
        CompletableFuture<Void> written = new CompletableFuture<>();
        loop.run(written, () -> {
            collect();
            journal.add(engine.everything(), rules.revision(), now());
            journal.promise(written);
            journal.flush();
        });
        loop.end(written, Duration.ofSeconds(10));
    }
}
