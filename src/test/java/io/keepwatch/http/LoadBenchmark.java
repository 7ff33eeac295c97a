package io.keepwatch.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads a daemon that runs: how long changes take to be durable, the same while the status is asked at a fixed rate, and how
 * long these answers take. Changes are one small file, which mostly waits until it has settled, and many at once, which keep
 * the daemon's core busy. Run by {@code src/test/bench/http-load.sh}.
 */
final class LoadBenchmark {
    private static final int PER_SECOND = 2000;
    private static final int WARM_UP_SECONDS = 20;
    private static final int CHANGES = 30;
    private static final int MANY = 500;
    private static final int ROUNDS_OF_MANY = 11;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(100));
    private final ObjectMapper json = new ObjectMapper();
    private final int port;
    private final Path folder;

    private LoadBenchmark(int port, Path folder) {
        this.port = port;
        this.folder = folder;
    }

    /** @param arguments the port of a daemon on loopback, and a folder that it watches */
    public static void main(String[] arguments) throws Exception {
        LoadBenchmark benchmark = new LoadBenchmark(Integer.parseInt(arguments[0]), Path.of(arguments[1]));
        // Java compiles what is used often while it runs; on one core the first seconds of a load wait for that.
        benchmark.rate(WARM_UP_SECONDS);
        benchmark.compared(1, CHANGES);
        benchmark.compared(MANY, ROUNDS_OF_MANY);
        benchmark.vertx.close().await();
    }

    private void compared(int files, int rounds) throws InterruptedException {
        changes(files, 5);
        double[] quiet = changes(files, rounds);
        CompletableFuture<double[]> loaded = CompletableFuture.supplyAsync(() -> changes(files, rounds));
        rate((int) Math.ceil(Arrays.stream(quiet).sum() / 1000));
        double[] busy = loaded.join();
        System.out.printf(
                "%d changes to durable: median %.0f ms, with the load %.0f ms (%+.1f %%)%n",
                files, quiet[rounds / 2], busy[rounds / 2], 100 * (busy[rounds / 2] / quiet[rounds / 2] - 1));
    }

    private void rate(int seconds) throws InterruptedException {
        int count = PER_SECOND * seconds;
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>(count));
        CountDownLatch done = new CountDownLatch(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            client.request(HttpMethod.GET, port, "127.0.0.1", "/api/v1/status")
                    .compose(request -> request.send())
                    .compose(HttpClientResponse::body)
                    .onSuccess(body -> nanos.add(System.nanoTime() - due))
                    .onComplete(answered -> done.countDown());
        }
        boolean all = done.await(60, TimeUnit.SECONDS);
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "status, %d/s for %d s: %d of %d answered%s, p50 %.2f ms, p99 %.2f ms, max %.2f ms, from when each was due%n",
                PER_SECOND,
                seconds,
                sorted.size(),
                count,
                all ? "" : " (gave up)",
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6);
    }

    /** Milliseconds until all files of a round were durable, sorted. */
    private double[] changes(int files, int rounds) {
        Random random = new Random(7);
        double[] millis = new double[rounds];
        try {
            for (int i = 0; i < rounds; i++) {
                Instant start = Instant.now();
                long began = System.nanoTime();
                for (int file = 0; file < files; file++) {
                    byte[] content = new byte[4096];
                    random.nextBytes(content);
                    Files.write(folder.resolve("changed-" + file), content);
                }
                while (!isDurable(start)) {
                    LockSupport.parkNanos(10_000_000);
                }
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Arrays.sort(millis);
        return millis;
    }

    /** A connection that the daemon closed says nothing: it is asked again. */
    private boolean isDurable(Instant start) throws IOException {
        String text = client.request(HttpMethod.GET, port, "127.0.0.1", "/api/v1/status")
                .compose(request -> request.send())
                .compose(HttpClientResponse::body)
                .map(Buffer::toString)
                .otherwise("{}")
                .await();
        JsonNode status = json.readTree(text);
        String last = status.at("/roots/0/last_durable").asText("");
        return status.at("/backlog/pending").asLong()
                                + status.at("/backlog/uploading").asLong()
                        == 0
                && !last.isEmpty()
                && !last.equals("null")
                && Instant.parse(last).isAfter(start);
    }
}
