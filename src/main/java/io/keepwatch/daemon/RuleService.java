package io.keepwatch.daemon;

import io.keepwatch.action.Actions;
import io.keepwatch.action.KnownNames;
import io.keepwatch.action.Services;
import io.keepwatch.action.hook.InboundHooks;
import io.keepwatch.action.send.OutboxSender;
import io.keepwatch.bus.Bus;
import io.keepwatch.config.Config;
import io.keepwatch.config.Machine;
import io.keepwatch.config.Secrets;
import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.event.Event;
import io.keepwatch.event.RuleRaised;
import io.keepwatch.event.Topics;
import io.keepwatch.http.Status;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.rule.Revision;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.state.EventRefusedException;
import io.keepwatch.workflow.state.RuleKeeper;
import io.keepwatch.workflow.state.StateDatabase;
import io.keepwatch.workflow.state.Surroundings;
import io.keepwatch.workflow.state.TimedId;
import io.keepwatch.workflow.type.EventSource;
import io.keepwatch.workflow.type.EventTypes;
import io.keepwatch.workflow.type.RuleEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in the daemon: what happens is told to them, their steps are done, their folder is watched, and messages that are
 * owed are sent. A rule file with a mistake stops nothing: the rules of before go on, at the start none.
 */
final class RuleService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleService.class);
    private static final Duration STANDING = Duration.ofMinutes(1);
    private static final int LATEST = 2000;
    private static final Duration LOOK_AT_FOLDER = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_OUTBOX = Duration.ofSeconds(1);

    private static final RuleSet NONE = new RuleSet(List.of(), List.of(), List.of(), EventTypes.known(), Revision.NONE);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String host;
    private final Bus bus;
    private final RuleEvents events;
    private final RuleFolder folder;
    private final AcceptedRules accepted;
    private final StateDatabase state;
    private final OutboxSender sender;
    private final Actions actions;
    private final RuleKeeper keeper;
    private final InboundHooks hooks;
    private final LatestEvents latest = new LatestEvents(LATEST);
    private final ScheduledExecutorService thread;
    private final List<ScheduledFuture<?>> beats = new ArrayList<>();
    private volatile RuleSet rules;
    private volatile LoadedRules lastLoad;
    private volatile Consumer<RuleEvent> listener = event -> {};
    private volatile boolean stopping;

    /** What rules ask of the rest of the daemon. */
    record Helpers(Services services, BackupDiff diff, DiskPaths disks) {}

    /**
     * Begins with what the state remembers. Throws IOException where the state folder or the rule folder cannot be used, and
     * {@link io.keepwatch.config.ConfigException} where a secret cannot be read.
     */
    RuleService(Config config, Vertx vertx, Bus bus, Helpers helpers, ThreadFactory threads, Clock clock)
            throws IOException {
        this.clock = clock;
        this.host = config.host();
        this.bus = bus;
        Machine machine = Machine.current();
        this.events = RuleEvents.of(config, this::newId);
        this.folder = new RuleFolder(config.rules().folder(), KnownNames.of(config.rules()));
        this.lastLoad = folder.load();
        this.accepted = new AcceptedRules(config.state());
        this.rules = lastLoad.rules().or(this::accepted).orElse(NONE);
        Secrets secrets = Secrets.read(config.file(), config.rules().secrets(), machine);
        this.hooks = new InboundHooks(config.host(), config.rules().hooks(), secrets, this::newId);
        this.state = StateDatabase.open(config.state());
        this.sender = new OutboxSender(
                vertx,
                state.outbox(),
                config.rules(),
                secrets,
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                this::accept);
        this.actions = new Actions(config, machine, secrets, sender, helpers.services(), clock);
        this.keeper = RuleKeeper.start(state, rules, actions, new Around(helpers, secrets), clock);
        this.thread = Executors.newSingleThreadScheduledExecutor(threads);
        lastLoad.rules().ifPresentOrElse(this::enact, () -> reject(lastLoad));
    }

    /**
     * Tells rules of what happens from now on.
     *
     * @param status asked every minute, for rules on states
     * @param listener is told of all but readings and states, which come all the time; on any thread
     */
    void begin(Supplier<CompletionStage<Status>> status, Consumer<RuleEvent> listener) {
        this.listener = listener;
        Topics.all().forEach(topic -> bus.subscribe(topic, this::take));
        every(
                STANDING,
                () -> status.get()
                        .thenAccept(now -> events.standing(now, clock.instant()).forEach(this::accept)));
        every(LOOK_AT_FOLDER, this::look);
        every(LOOK_AT_OUTBOX, this::send);
    }

    RuleKeeper keeper() {
        return keeper;
    }

    StateDatabase state() {
        return state;
    }

    /** In force now. */
    RuleSet rules() {
        return rules;
    }

    /** What the last look at the files brought, whether it was taken or not. */
    LoadedRules lastLoad() {
        return lastLoad;
    }

    /** Takes an event from outside; completes when all that follows from it is on the disk. */
    CompletionStage<Void> receive(RuleEvent event) {
        listener.accept(event);
        return give(event);
    }

    private CompletionStage<Void> give(RuleEvent told) {
        RuleEvent event = told.onHost(host);
        latest.put(event);
        return keeper.accept(event);
    }

    /** The newest event of each subject, of these types; the newest first. */
    List<RuleEvent> latest(Collection<String> types) {
        return latest.of(types);
    }

    InboundHooks hooks() {
        return hooks;
    }

    /** Loads the files anew; where one has a mistake, the rules of before go on. */
    CompletionStage<LoadedRules> reload() {
        return CompletableFuture.supplyAsync(this::reloaded, thread)
                .thenCompose(loaded -> loaded.rules()
                        .map(taken -> keeper.replace(taken).thenApply(done -> loaded))
                        .orElseGet(() -> CompletableFuture.completedFuture(loaded)));
    }

    private LoadedRules reloaded() {
        try {
            LoadedRules loaded = folder.load();
            lastLoad = loaded;
            loaded.rules().ifPresentOrElse(this::enact, () -> reject(loaded));
            return loaded;
        } catch (IOException e) {
            throw new java.util.concurrent.CompletionException(e);
        }
    }

    private Optional<RuleSet> accepted() {
        return accepted.load().flatMap(revision -> folder.load(revision).rules());
    }

    private void enact(RuleSet taken) {
        rules = taken;
        accepted.save(taken.revision());
        LOG.info("{} rules from {}", taken.rules().size(), folder.shown());
    }

    private void reject(LoadedRules loaded) {
        LOG.error("the rules in {} have mistakes; those of before go on:\n{}", folder.shown(), loaded.report());
        ConfigProblem first = loaded.errors().get(0);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", first.file().toString());
        data.put("line", (long) first.position().line());
        data.put("column", (long) first.position().column());
        data.put("problem", first.problem());
        data.put("problems", (long) loaded.errors().size());
        RuleEvent event = RuleEvent.of(
                        newId(),
                        EventSource.of(host, EventSource.RULES),
                        "rules.rejected",
                        folder.shown(),
                        clock.instant(),
                        data)
                .onHost(host);
        raise(event);
        accept(event);
    }

    /** An id for an event that happens now. */
    String newId() {
        return TimedId.of(clock.instant(), random);
    }

    private void send() {
        sender.tick(clock.instant())
                .whenComplete((sent, problem) -> Optional.ofNullable(problem)
                        .ifPresent(cause -> LOG.warn("what is owed cannot be read: {}", cause.toString())));
    }

    private void look() {
        try {
            if (folder.hasChanged()) {
                reload().whenComplete((loaded, problem) -> Optional.ofNullable(problem)
                        .ifPresent(cause -> LOG.warn("the rules cannot be loaded: {}", cause.toString())));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", folder.shown(), e.toString());
        }
    }

    /** What rules themselves raised has reached them already. */
    private void take(Event event) {
        if (event instanceof RuleRaised) {
            return;
        }
        for (RuleEvent seen : events.of(event)) {
            if (!RuleEvents.isReading(event, seen) && !RuleEvents.isState(seen.type())) {
                listener.accept(seen);
            }
            accept(seen);
        }
    }

    private void accept(RuleEvent event) {
        give(event).whenComplete((done, problem) -> {
            if (problem != null && !stopping) {
                String why = problem instanceof EventRefusedException refused
                        ? String.valueOf(refused.getMessage())
                        : problem.toString();
                LOG.warn("the rules did not take {} of \"{}\": {}", event.type(), event.subject(), why);
            }
        });
    }

    private void raise(RuleEvent event) {
        listener.accept(event);
        bus.publish(new RuleRaised(event.time(), event.id(), event.type(), event.subject(), event.data()));
    }

    private void every(Duration time, Runnable work) {
        Runnable safe = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("the rules could not do what they do every {} s", time.toSeconds(), e);
            }
        };
        beats.add(thread.scheduleWithFixedDelay(safe, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Takes no more events; steps under way are ended, and taken up by the next start. Blocks some seconds at most. */
    @Override
    public void close() {
        stopping = true;
        beats.forEach(beat -> beat.cancel(false));
        thread.shutdownNow();
        keeper.close();
        actions.close();
        sender.close();
        state.close();
    }

    /** What the engine asks while it works. */
    private final class Around implements Surroundings {
        private final Helpers helpers;
        private final Secrets secrets;

        Around(Helpers helpers, Secrets secrets) {
            this.helpers = helpers;
            this.secrets = secrets;
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public CompletionStage<String> diff(List<String> paths) {
            return helpers.diff().of(paths);
        }

        @Override
        public List<String> pathsOn(String disk) {
            return helpers.disks().on(disk);
        }

        @Override
        public String secret(String name) {
            return secrets.value(name);
        }

        @Override
        public void publish(RuleEvent event) {
            try {
                raise(event);
            } catch (RejectedExecutionException e) {
                LOG.debug("the daemon ends before {} is told", event.type());
            }
        }
    }
}
