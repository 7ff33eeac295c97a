package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.Reading;
import io.keepwatch.history.History;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.state.RuleKeeper;
import io.keepwatch.workflow.state.StateDatabase;
import io.keepwatch.workflow.state.Surroundings;
import io.keepwatch.workflow.type.RuleEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToDoubleFunction;

/** A real state.db and a real history.db with what a daemon would have written some hours ago. */
final class KeptPast {
    private final Path state;

    KeptPast(Path state) {
        this.state = state;
    }

    /** A run of a rule that takes all events of this type. */
    void event(RuleEvent event) throws Exception {
        LoadedRules rules = new RuleLoader(Known.NOTHING).load(Path.of("old.yml"), """
                        version: 1
                        rules:
                          old:
                            on: {event: %s}
                            steps: [{notify: ops, with: {text: old}}]
                        """.formatted(event.type()));
        assertThat(rules.report()).isEmpty();
        Clock clock = Clock.fixed(event.time(), ZoneOffset.UTC);
        try (StateDatabase database = StateDatabase.open(state);
                RuleKeeper keeper = RuleKeeper.start(
                        database, rules.rules().orElseThrow(), new Succeeding(), new Nowhere(), clock)) {
            keeper.accept(event).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** Readings of how full /var is, one a minute, in percent. */
    void disk(Instant from, Duration length, LongToDoubleFunction percentByMinute) {
        try (History history = History.open(state, from)) {
            for (long minute = 0; minute < length.toMinutes(); minute++) {
                history.record(
                        from.plus(Duration.ofMinutes(minute)),
                        List.of(Reading.of("disk.used_ratio", "/var", percentByMinute.applyAsDouble(minute) / 100)));
            }
        }
    }

    private static final class Succeeding implements Performer {
        @Override
        public CompletionStage<Outcome> perform(Task task) {
            return CompletableFuture.completedFuture(Outcome.succeeded(Map.of()));
        }

        @Override
        public void stop(String runId) {}
    }

    private static final class Nowhere implements Surroundings {
        @Override
        public CompletionStage<String> diff(List<String> paths) {
            return CompletableFuture.completedFuture("");
        }

        @Override
        public List<String> pathsOn(String disk) {
            return List.of();
        }

        @Override
        public String secret(String name) {
            return "";
        }

        @Override
        public void publish(RuleEvent event) {}
    }
}
