package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.LoadedRules;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A keeper on a real state in a temporary folder, which can be stopped and cut off. */
abstract class KeeperFixture {
    @TempDir
    Path folder;

    final MovedClock clock = new MovedClock();
    final List<RuleEvent> published = new CopyOnWriteArrayList<>();
    ScriptedPerformer performer = new ScriptedPerformer();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path directory = Path.of("none");
    private int generation;

    @SuppressWarnings("NullAway.Init")
    StateDatabase state;

    @SuppressWarnings("NullAway.Init")
    RuleKeeper keeper;

    static RuleSet rules(String text) {
        LoadedRules loaded = new RuleLoader(Known.NOTHING).load(Path.of("rules.yml"), "version: 1\nrules:\n" + text);
        assertThat(loaded.report()).isEmpty();
        return loaded.rules().orElseThrow();
    }

    void start(RuleSet rules) {
        if (generation == 0) {
            directory = folder.resolve("state");
        }
        generation++;
        performer = generation == 1 ? performer : new ScriptedPerformer();
        state = StateDatabase.open(directory);
        keeper = RuleKeeper.start(state, rules, performer, surroundings(), clock);
        open.add(state);
        open.add(keeper);
    }

    /** A stop as it should be, and a new keeper. */
    void restart(RuleSet rules) {
        keeper.close();
        state.close();
        start(rules);
    }

    /** A new keeper on what was on the disk at this moment; the one before tells nobody anything any more. */
    void crash(RuleSet rules) throws IOException {
        Path next = Files.createDirectory(folder.resolve("after-crash-" + generation));
        // In this order: what is committed is in the log until it is in the file.
        Files.copy(directory.resolve("state.db"), next.resolve("state.db"));
        Files.copy(directory.resolve("state.db-wal"), next.resolve("state.db-wal"));
        directory = next;
        start(rules);
    }

    private Surroundings surroundings() {
        return new NoSurroundings() {
            @Override
            public CompletionStage<String> diff(List<String> paths) {
                return difference(paths);
            }

            @Override
            public void publish(RuleEvent event) {
                published.add(event);
            }
        };
    }

    CompletionStage<String> difference(List<String> paths) {
        return CompletableFuture.completedFuture("");
    }

    Performer performer() {
        return performer;
    }

    RuleEvent degraded(String id) {
        return RuleEvent.of(id, "/host/a", "raid.degraded", "md0", clock.instant(), Map.of("array", "md0"));
    }

    RuleEvent usage(String id, double percent) {
        return RuleEvent.of(id, "/host/a", "disk.usage", "/var", clock.instant(), Map.of("used_percent", percent));
    }

    void accept(RuleEvent event) throws Exception {
        keeper.accept(event).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void replace(RuleSet rules) throws Exception {
        keeper.replace(rules).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    KeeperStatus status() {
        return keeper.status().toCompletableFuture().join();
    }

    List<RunSummary> runs() {
        return state.reader().runs(RunQuestion.newest(1_000));
    }

    Run onlyRun() {
        assertThat(runs()).hasSize(1);
        return state.reader().run(runs().get(0).id()).orElseThrow();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }
}
