package io.keepwatch.workflow.state;

import io.keepwatch.workflow.engine.Outcome;
import io.keepwatch.workflow.engine.Performer;
import io.keepwatch.workflow.engine.Task;
import io.keepwatch.workflow.rule.Verb;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Programs that append their idempotency key to a file, and messages over HTTP. */
final class RealPerformer implements Performer, AutoCloseable {
    private final Path folder;
    private final int port;
    private final Runnable first;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);

    /** @param first is called with the first step */
    RealPerformer(Path folder, int port, Runnable first) {
        this.folder = folder;
        this.port = port;
        this.first = first;
    }

    @Override
    public CompletionStage<Outcome> perform(Task task) {
        if (begun.compareAndSet(false, true)) {
            first.run();
        }
        RulesChild.sign();
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.step().verb() instanceof Verb.Run ? program(task) : message(task);
                    } catch (IOException | InterruptedException e) {
                        return Outcome.failed(e.toString(), Map.of());
                    }
                },
                workers);
    }

    private Outcome program(Task task) throws IOException, InterruptedException {
        Path file = folder.resolve(task.step().id());
        Process process = new ProcessBuilder(
                        "/bin/sh", "-c", "echo \"$1\" >> \"$2\"", "sh", task.idempotencyKey(), file.toString())
                .inheritIO()
                .start();
        return outcome(process.waitFor() == 0, "the program failed");
    }

    private Outcome message(Task task) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("webhook-id", task.idempotencyKey());
        connection.setDoOutput(true);
        connection.getOutputStream().close();
        return outcome(connection.getResponseCode() == 204, "the receiver refused");
    }

    private static Outcome outcome(boolean ok, String problem) {
        return ok ? Outcome.succeeded(Map.of()) : Outcome.failed(problem, Map.of());
    }

    @Override
    public void stop(String runId) {}

    @Override
    public void close() {
        workers.shutdown();
    }
}
