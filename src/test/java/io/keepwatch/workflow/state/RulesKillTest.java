package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.state.KilledRules.Resumed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules in processes that are killed again and again, two at a time on folders of their own. The long form: {@code ./mvnw -P
 * long test -Dtest=RulesKillTest}.
 */
class RulesKillTest {
    static final int FEWEST = 5;
    private static final boolean LONG = Boolean.getBoolean("keepwatch.long");
    private static final int AT_ONCE = 2;
    private static final int KILLS = (LONG ? 1_000 : 200) / AT_ONCE;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(LONG ? 7_200 : 180);

    @TempDir
    Path folder;

    private final ExecutorService killers = Executors.newFixedThreadPool(AT_ONCE);
    private final List<KilledRules> all = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        killers.shutdownNow();
        assertThat(killers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        all.forEach(KilledRules::close);
    }

    @Test
    void nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        Path first = Files.createDirectories(folder.resolve("first"));
        FastChild child = FastChild.of(first, RulesChild.class, first.toString(), "0", "once", "0");
        long until = System.nanoTime() + MOST_NANOS;
        List<Future<?>> killing = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            KilledRules rules = new KilledRules(child, folder.resolve("rules-" + i), 4711 + i);
            all.add(rules);
            killing.add(killers.submit(() -> {
                rules.killAgainAndAgain(KILLS, until);
                rules.assertAllWell();
                return rules;
            }));
        }
        for (Future<?> done : killing) {
            done.get();
        }
        report();
    }

    private void report() throws IOException {
        List<Resumed> resumed = new ArrayList<>();
        int kills = 0;
        int received = 0;
        int again = 0;
        for (KilledRules rules : all) {
            resumed.addAll(rules.resumed());
            kills += rules.kills();
            received += rules.received().size();
            again += rules.received().size() - new HashSet<>(rules.received()).size();
        }
        assertThat(resumed).as("runs that were interrupted").isNotEmpty();
        resumed.sort(Comparator.comparing(Resumed::millis));
        System.out.printf(
                "RulesKillTest: %d kills, %d runs interrupted, %d messages received, %d of them again; from the start of"
                        + " the process to the first step that goes on: median %d ms, most %d ms%n",
                kills,
                resumed.stream().mapToInt(Resumed::open).sum(),
                received,
                again,
                resumed.get(resumed.size() / 2).millis(),
                resumed.get(resumed.size() - 1).millis());
    }
}
