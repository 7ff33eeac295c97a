package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Runs on the disk: how many begin in a second, and how soon one begins alone. {@code src/test/bench/rules.sh}. */
@Fork(1)
public class DurableRunsBenchmark {
    private static final int STARTS = 4_000;

    /** A keeper with one rule of one step that is done at once, on a state in a new folder below {@code java.io.tmpdir}. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // the set-up comes first
    public static class Keeper {
        private static final RuleSet RULES =
                SampleRules.load("version: 1\nrules: {r: {on: {event: webhook.w}, max_runs: 100000/h,"
                        + " steps: [{id: x, run: [x]}]}}\n");

        private final Semaphore begun = new Semaphore(0);
        private Path folder = Path.of("");
        private StateDatabase state;
        private RuleKeeper keeper;
        private long number;

        @Setup
        public void open() throws IOException {
            folder = Files.createTempDirectory("keepwatch-bench");
            state = StateDatabase.open(folder);
            keeper = RuleKeeper.start(
                    state, RULES, new Immediate(begun), new RulesChild.NoSurroundings(), new SteppingClock());
        }

        CompletionStage<Void> accept(String type) {
            String subject = "s" + number % 1_000;
            return keeper.accept(RuleEvent.of(
                    "e" + number++, "/bench", type, subject, SteppingClock.START, Map.of("body", "some text")));
        }

        /** What a run leaves to be done after its step is no part of the measurement of the next one. */
        @TearDown(Level.Invocation)
        public void rest() {
            while (keeper.status().toCompletableFuture().join().open() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            // No rule wants it, so it is done when what came before is on the disk.
            accept("webhook.other").toCompletableFuture().join();
            begun.drainPermits();
        }

        @TearDown
        public void close() throws IOException {
            keeper.close();
            state.close();
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(java.io.File::delete);
            }
        }
    }

    /** Each start is on the disk when it counts. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(STARTS)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 3)
    public void starts(Keeper keeper) {
        CompletableFuture<?>[] accepted = new CompletableFuture<?>[STARTS];
        for (int i = 0; i < STARTS; i++) {
            accepted[i] = keeper.accept("webhook.w").toCompletableFuture();
        }
        CompletableFuture.allOf(accepted).join();
    }

    /** From an event to its first step, nothing else going on. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 3, time = 2)
    @Measurement(iterations = 5, time = 3)
    public CompletionStage<Void> firstStep(Keeper keeper) throws InterruptedException {
        CompletionStage<Void> accepted = keeper.accept("webhook.w");
        keeper.begun.acquire();
        return accepted;
    }

    /** Steps that are done at once. */
    private record Immediate(Semaphore begun) implements Performer {
        @Override
        public CompletionStage<Outcome> perform(Task task) {
            begun.release();
            return CompletableFuture.completedFuture(Outcome.succeeded(Map.of("exit_code", 0L)));
        }

        @Override
        public void stop(String runId) {}
    }

    /** Goes on by 200 ms whenever it is looked at, so that the host's limit of 600 runs a minute does not bind. */
    private static final class SteppingClock extends Clock {
        private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

        private final AtomicLong looks = new AtomicLong();

        @Override
        public Instant instant() {
            return START.plus(Duration.ofMillis(200 * looks.incrementAndGet()));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
