package io.keepwatch.workflow.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keepwatch.workflow.engine.Run;
import io.keepwatch.workflow.engine.StepState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in a process that is killed again and again. The long form: {@code ./mvnw -P long test -Dtest=RulesKillTest}. */
class RulesKillTest {
    private static final boolean LONG = Boolean.getBoolean("keepwatch.long");
    private static final int KILLS = LONG ? 1_000 : 200;
    private static final int FEWEST = 5;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(LONG ? 7_200 : 40);

    @TempDir
    Path folder;

    private final Random random = new Random(4711);
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final List<Process> processes = new ArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        receiver.stop(0);
    }

    private Process child(String mode) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RulesChild.class.getName(),
                        folder.toString(),
                        Integer.toString(receiver.getAddress().getPort()),
                        mode,
                        Long.toString(System.currentTimeMillis()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
        processes.add(process);
        return process;
    }

    /** Kills during the start now and then, and else some time into the work. */
    private void liveAndDie() throws Exception {
        Process process = child("work");
        if (random.nextInt(10) == 0) {
            process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
        } else {
            assertThat(process.getInputStream().read()).as(errors()).isNotNegative();
            process.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    @Test
    void nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        long began = System.nanoTime();
        int kills = 0;
        while (kills < KILLS && (kills < FEWEST || System.nanoTime() - began < MOST_NANOS)) {
            liveAndDie();
            kills++;
        }
        Process drain = child("drain");
        assertThat(drain.waitFor(60, TimeUnit.SECONDS)).as("all runs end").isTrue();
        assertThat(drain.exitValue()).as(errors()).isZero();
        try (StateReader reader = StateReader.open(folder.resolve("state"))) {
            List<RunSummary> runs = reader.runs(RunQuestion.newest(1_000_000));
            assertEnds(runs);
            assertNothingTwice(reader, runs);
        }
        reportResumption(kills);
    }

    private void assertEnds(List<RunSummary> runs) throws IOException {
        Map<String, Integer> byEvent = new HashMap<>();
        Map<String, Integer> after = new HashMap<>();
        for (RunSummary run : runs) {
            assertThat(run.ended()).as(run.toString()).isPresent();
            (run.rule().equals("five") ? byEvent : after).merge(run.eventId(), 1, Integer::sum);
        }
        Set<String> accepted = new HashSet<>(Files.readAllLines(folder.resolve("accepted")));
        assertThat(accepted).hasSizeGreaterThan(FEWEST);
        assertThat(byEvent.keySet()).as("lost runs").containsAll(accepted);
        assertThat(byEvent.values()).as("runs of one event").containsOnly(1);
        assertThat(after.values()).as("runs after one run").containsOnly(1);
        for (RunSummary run : runs) {
            if (run.rule().equals("five") && run.status() == Run.Status.SUCCEEDED) {
                assertThat(after).containsKey(run.id() + "/out");
            }
        }
    }

    private void assertNothingTwice(StateReader reader, List<RunSummary> runs) throws IOException {
        List<String> once = Files.readAllLines(folder.resolve("once"));
        Set<String> messages = new HashSet<>(received);
        Set<String> programs = new HashSet<>(once);
        assertThat(once).as("programs that must not be repeated").doesNotHaveDuplicates();
        for (RunSummary summary : runs) {
            if (!summary.rule().equals("five")) {
                continue;
            }
            Run run = reader.run(summary.id()).orElseThrow();
            boolean uncertain = status(run, "once") == StepState.Status.UNCERTAIN;
            assertThat(summary.status())
                    .as("%s", run)
                    .isEqualTo(uncertain ? Run.Status.UNCERTAIN : Run.Status.SUCCEEDED);
            if (!uncertain) {
                assertThat(programs).contains(run.id() + "/once");
            }
            assertThat(messages.remove(run.id() + "/hook"))
                    .as("a message of its own")
                    .isEqualTo(!uncertain);
        }
        assertThat(messages).as("messages of no run").isEmpty();
    }

    private static StepState.Status status(Run run, String step) {
        return Optional.ofNullable(run.steps().get(step)).map(StepState::status).orElseThrow();
    }

    private void reportResumption(int kills) throws IOException {
        List<Integer> millis = new ArrayList<>();
        int open = 0;
        for (String line : Files.readAllLines(folder.resolve("resumed"))) {
            String[] words = line.split(" ", 2);
            open += Integer.parseInt(words[0]);
            if (!words[0].equals("0")) {
                millis.add(Integer.valueOf(words[1]));
            }
        }
        assertThat(open).as("runs that were interrupted").isPositive();
        Collections.sort(millis);
        System.out.printf(
                "RulesKillTest: %d kills, %d runs interrupted, %d messages received, %d of them again; from the start of"
                        + " the process to the first step that goes on: median %d ms, most %d ms%n",
                kills,
                open,
                received.size(),
                received.size() - new HashSet<>(received).size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() - 1));
    }
}
