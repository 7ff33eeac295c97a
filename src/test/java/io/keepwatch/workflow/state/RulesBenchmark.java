package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Engine;
import io.keepwatch.workflow.engine.Memory;
import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Ports;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.RuleSet;
import io.keepwatch.workflow.type.RuleEvent;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Events through the rules on one thread, and loading of rules: {@code src/test/bench/rules.sh}. */
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RulesBenchmark {
    /** The engine as the keeper drives it, without a disk. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // the set-up comes first
    public static class Events {
        private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
        /** At one match in a hundred this stays below the 600 runs a minute that the host allows. */
        private static final int MILLIS_BETWEEN_EVENTS = 5;

        @Param({"100", "1000"})
        int rules;

        @Param({"SPREAD", "ONE_TYPE", "NO_FILTER"})
        String rulesOf;

        private SampleRules sample;
        private RuleSet set;
        private Engine engine;
        private long number;
        private long runs;

        @Setup
        public void load() {
            sample = SampleRules.valueOf(rulesOf);
            set = SampleRules.load(sample.text(rules));
            engine = new Engine(set, Ports.dry(i -> "run-" + i), Memory.NOTHING, START);
        }

        long next() {
            Instant now = START.plusMillis(number * MILLIS_BETWEEN_EVENTS);
            RuleEvent event = sample.event(number++, rules, now);
            if (EventCheck.refusal(event).isPresent()
                    || EventCheck.mismatch(set.types(), event).isPresent()) {
                throw new IllegalStateException("the sample does not match its types");
            }
            engine.accept(event, now);
            for (Task task : engine.take().tasks()) {
                engine.completed(task, Outcome.succeeded(Map.of()), now);
                engine.take();
                runs++;
            }
            return engine.next().isPresent() ? runs + 1 : runs;
        }
    }

    /** The text of 1,000 rules. */
    @State(Scope.Thread)
    public static class Text {
        private final String text = SampleRules.SPREAD.text(1_000);
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    public long events(Events events) {
        return events.next();
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 5)
    public RuleSet load(Text text) {
        return SampleRules.load(text.text);
    }
}
