package io.keepwatch.daemon;

import io.keepwatch.action.Measurements;
import io.keepwatch.event.ProbeRead;
import io.keepwatch.probe.Probe;
import io.keepwatch.probe.ProbeOnce;
import io.keepwatch.workflow.type.HostSchemas;
import io.keepwatch.workflow.type.RuleEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Reads a probe for a step, beside the schedule: with a probe of its own, since one is never asked by two threads. */
final class ProbeMeasurements implements Measurements {
    private final String host;
    private final Supplier<List<Probe>> probes;
    private final Executor workers;
    private final Clock clock;

    ProbeMeasurements(String host, Supplier<List<Probe>> probes, Executor workers, Clock clock) {
        this.host = host;
        this.probes = probes;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Answer> measure(String type, String subject) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return measured(type, subject);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CompletionException(new IOException("Keepwatch stops", e));
                    }
                },
                workers);
    }

    private Answer measured(String type, String subject) throws IOException, InterruptedException {
        String name = HostSchemas.probeOf(type)
                .orElseThrow(() -> new IOException("no probe reads " + type + "; see keepwatch probes"));
        List<Probe> reading = probes.get().stream()
                .filter(probe -> probe.info().name().equals(name))
                .toList();
        ProbeOnce.Outcome outcome = ProbeOnce.run(reading).values().iterator().next();
        if (outcome.problem().isPresent() && outcome.readings().isEmpty()) {
            throw new IOException(name + " cannot be read: " + outcome.problem().get());
        }
        ProbeRead read = new ProbeRead(clock.instant(), name, outcome.readings(), Duration.ZERO);
        List<RuleEvent> events = HostSchemas.events(read, host, "", () -> "").stream()
                .filter(event -> event.type().equals(type))
                .toList();
        return events.stream()
                .filter(event -> event.subject().equals(subject))
                .findFirst()
                .map(event -> new Answer(event.subject(), event.data()))
                .orElseThrow(() -> new IOException(type + " has nothing of \"" + subject + "\"; it has "
                        + events.stream().map(RuleEvent::subject).toList()
                        + outcome.problem().map(problem -> "; " + problem).orElse("")));
    }
}
