package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.workflow.state.KilledRules.Resumed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in a process that is killed again and again. The long form: {@code ./mvnw -P long test -Dtest=RulesKillTest}. */
class RulesKillTest {
    static final int FEWEST = 5;
    private static final boolean LONG = Boolean.getBoolean("keepwatch.long");
    private static final int KILLS = LONG ? 1_000 : 200;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(LONG ? 7_200 : 240);

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        Path first = Files.createDirectories(folder.resolve("first"));
        FastChild child = FastChild.of(first, RulesChild.class, first.toString(), "0", "once", "0");
        try (KilledRules rules = new KilledRules(child, folder.resolve("rules"), 4711)) {
            rules.killAgainAndAgain(KILLS, System.nanoTime() + MOST_NANOS);
            rules.assertAllWell();
            report(rules);
        }
    }

    private static void report(KilledRules rules) throws IOException {
        List<Resumed> resumed = rules.resumed();
        assertThat(resumed).as("runs that were interrupted").isNotEmpty();
        resumed.sort(Comparator.comparing(Resumed::millis));
        System.out.printf(
                "RulesKillTest: %d kills, %d runs interrupted, %d messages received, %d of them again; from the start of"
                        + " the process to the first step that goes on: median %d ms, p99 %d ms, most %d ms%n",
                rules.kills(),
                resumed.stream().mapToInt(Resumed::open).sum(),
                rules.received().size(),
                rules.received().size() - new HashSet<>(rules.received()).size(),
                resumed.get(resumed.size() / 2).millis(),
                resumed.get(resumed.size() * 99 / 100).millis(),
                resumed.get(resumed.size() - 1).millis());
    }
}
