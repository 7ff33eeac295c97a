package io.keepwatch.workflow.state;

import io.keepwatch.workflow.load.Known;
import io.keepwatch.workflow.load.RuleLoader;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs rules until it is killed: {@code FOLDER PORT MODE START_MILLIS}. In the mode {@code drain} it only ends what is open, in
 * the mode {@code once} what came of one event.
 */
final class RulesChild {
    static final String RULES = """
            version: 1
            rules:
              five:
                on: {event: raid.degraded}
                max_runs: 100000/h
                steps:
                  - {id: once, run: [once]}
                  - {id: again, run: [again], effect: repeatable}
                  - {id: hook, webhook: ops}
                  - {id: pause, wait: 5ms}
                  - {id: out, emit: five.done, data: {array: "${event.subject}"}}
              after:
                on: {event: five.done}
                max_runs: 100000/h
                steps: [{id: pause, wait: 1ms}]
            """;
    /** The host's breaker allows 600 runs a minute, and each event here makes two. */
    private static final int MOST_EVENTS = 250;

    private RulesChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        CompletableFuture<RuleSet> loading = CompletableFuture.supplyAsync(() -> new RuleLoader(Known.NOTHING)
                .load(Path.of("rules.yml"), RULES)
                .rules()
                .orElseThrow());
        StateDatabase state = StateDatabase.open(folder.resolve("state"));
        int open = state.reader().runs(RunQuestion.newest(1_000)).stream()
                .mapToInt(run -> run.ended().isEmpty() ? 1 : 0)
                .sum();
        RealPerformer performer = new RealPerformer(
                folder,
                Integer.parseInt(args[1]),
                () -> note(folder, "resumed", open + " " + (System.currentTimeMillis() - Long.parseLong(args[3]))));
        RuleKeeper keeper = RuleKeeper.start(state, loading.join(), performer, new NoSurroundings(), Clock.systemUTC());
        sign();
        if (args[2].equals("work")) {
            send(folder, keeper, MOST_EVENTS);
            Thread.currentThread().join();
        } else {
            send(folder, keeper, args[2].equals("once") ? 1 : 0);
            while (keeper.status().toCompletableFuture().get().open() > 0) {
                Thread.onSpinWait();
            }
            keeper.close();
            state.close();
            performer.close();
        }
    }

    /** The last events again, and then new ones; each is noted when it was accepted. */
    private static void send(Path folder, RuleKeeper keeper, int events) throws Exception {
        Path noted = folder.resolve("accepted");
        int number = Files.exists(noted) ? Math.max(0, Files.readAllLines(noted).size() - 3) : 0;
        for (int i = 0; i < events; i++) {
            int id = number + i;
            RuleEvent event = RuleEvent.of(
                    "event-" + id, "/child", "raid.degraded", "md" + id % 4, Instant.EPOCH, Map.of("array", "md"));
            keeper.accept(event).toCompletableFuture().get();
            note(folder, "accepted", event.id());
            sign();
            while (keeper.status().toCompletableFuture().get().open() > 6) {
                Thread.onSpinWait();
            }
        }
    }

    /** Tells whoever waits to kill this process that it went on. */
    static void sign() {
        System.out.write('.');
        System.out.flush();
    }

    static void note(Path folder, String file, String line) {
        try {
            Files.writeString(folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing is looked up, and nobody is told. */
    static final class NoSurroundings implements Surroundings {
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
