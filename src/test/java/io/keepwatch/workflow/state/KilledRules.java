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

/** Rules on a folder of their own, in a process that is killed again and again, and what must be true at its end. */
final class KilledRules implements AutoCloseable {
    private static final int MOST_SIGNS = 25;

    private final FastChild child;
    private final Path folder;
    private final Random random;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final HttpServer receiver;
    private int kills;

    KilledRules(FastChild child, Path folder, int seed) throws IOException {
        this.child = child;
        this.folder = Files.createDirectories(folder);
        this.random = new Random(seed);
        this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    /** Kills until there were so many, or the time is over. */
    void killAgainAndAgain(int times, long untilNanos) throws IOException, InterruptedException {
        while (kills < times && (kills < RulesKillTest.FEWEST || System.nanoTime() < untilNanos)) {
            liveAndDie();
            kills++;
        }
    }

    /** Lets a last process end what is open, and looks at all that was left behind. */
    void assertAllWell() throws IOException, InterruptedException {
        Process drain = start("drain");
        try {
            assertThat(drain.waitFor(60, TimeUnit.SECONDS)).as("all runs end").isTrue();
            assertThat(drain.exitValue()).as(errors()).isZero();
        } finally {
            drain.destroyForcibly();
        }
        try (StateReader reader = StateReader.open(folder.resolve("state"))) {
            List<RunSummary> runs = reader.runs(RunQuestion.newest(1_000_000));
            assertEnds(runs);
            assertNothingTwice(reader, runs);
        }
    }

    int kills() {
        return kills;
    }

    List<String> received() {
        return List.copyOf(received);
    }

    /** For each process that found open runs, how many, and the time from its start to the first step that went on. */
    List<Resumed> resumed() throws IOException {
        List<Resumed> resumed = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("resumed"))) {
            String[] words = line.split(" ", 2);
            resumed.add(new Resumed(Integer.parseInt(words[0]), Integer.parseInt(words[1])));
        }
        resumed.removeIf(one -> one.open() == 0);
        return resumed;
    }

    /** One start after a kill. */
    record Resumed(int open, int millis) {}

    private Process start(String mode) throws IOException {
        return child.builder(
                        RulesChild.class,
                        folder.toString(),
                        Integer.toString(receiver.getAddress().getPort()),
                        mode,
                        Long.toString(System.currentTimeMillis()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }

    /** Kills during the start now and then, and else some way into the work, of which the process tells by a byte each. */
    private void liveAndDie() throws IOException, InterruptedException {
        Process process = start("work");
        try {
            if (random.nextInt(10) == 0) {
                process.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
            } else {
                for (int signs = random.nextInt(MOST_SIGNS); signs >= 0; signs--) {
                    assertThat(process.getInputStream().read()).as(errors()).isNotNegative();
                }
                process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private void assertEnds(List<RunSummary> runs) throws IOException {
        Map<String, Integer> byEvent = new HashMap<>();
        Map<String, Integer> after = new HashMap<>();
        for (RunSummary run : runs) {
            assertThat(run.ended()).as(run.toString()).isPresent();
            (run.rule().equals("five") ? byEvent : after).merge(run.eventId(), 1, Integer::sum);
        }
        Set<String> accepted = new HashSet<>(Files.readAllLines(folder.resolve("accepted")));
        assertThat(accepted).hasSizeGreaterThan(RulesKillTest.FEWEST);
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

    @Override
    public void close() {
        receiver.stop(0);
    }
}
