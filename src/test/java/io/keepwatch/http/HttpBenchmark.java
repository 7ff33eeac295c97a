package io.keepwatch.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the HTTP server of one process from the same process: {@code status} at a fixed rate, then a burst of events to many
 * streams. Run by {@code src/test/bench/http-load.sh}.
 */
final class HttpBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final EventRing ring = new EventRing(NOW);
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(600));
    private final int port;

    private HttpBenchmark() {
        Status status = new Status(
                "1",
                "web-1",
                1,
                NOW,
                "current",
                "everything seen is durable",
                List.of(),
                new Status.Backlog(0, 0, 0, 0),
                new Status.Store("pack", "s3://b/p", true, Optional.empty()),
                new Status.Requests(Map.of("PUT", 3L), Map.of("PUT", 4L), new BigDecimal("0.01"), "USD"),
                Optional.empty(),
                new Status.Maintenance(false, Optional.empty(), Optional.empty()));
        List<RouteGroup> groups = List.of(
                new StatusRoutes(() -> CompletableFuture.completedFuture(status)),
                new EventRoutes(ring, Runnable::run));
        HttpServer server = vertx.createHttpServer(Routes.serverOptions())
                .requestHandler(Routes.guarded(vertx, Access.open(), List.of(), groups))
                .listen(0, "127.0.0.1")
                .await();
        this.port = server.actualPort();
    }

    public static void main(String[] arguments) throws InterruptedException {
        HttpBenchmark benchmark = new HttpBenchmark();
        benchmark.status(2000, 3);
        benchmark.status(2000, 15);
        benchmark.streams(500, 5000);
        benchmark.vertx.close().await();
    }

    private void status(int perSecond, int seconds) throws InterruptedException {
        int count = perSecond * seconds;
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>(count));
        CountDownLatch done = new CountDownLatch(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
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
        Collections.sort(nanos);
        System.out.printf(
                "status, %d/s for %d s: %d of %d answered%s, p50 %.2f ms, p99 %.2f ms, max %.2f ms, from when each was due%n",
                perSecond,
                seconds,
                nanos.size(),
                count,
                all ? "" : " (gave up)",
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6,
                nanos.get(nanos.size() - 1) / 1e6);
    }

    private void streams(int streams, int events) throws InterruptedException {
        String last = "data: {\"specversion\":\"1.0\",\"id\":\"e" + (events - 1) + "\"";
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger missed = new AtomicInteger();
        CountDownLatch complete = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            client.request(HttpMethod.GET, port, "127.0.0.1", "/api/v1/events/stream")
                    .compose(request -> request.send())
                    .onSuccess(response -> {
                        opened.incrementAndGet();
                        StringBuilder tail = new StringBuilder();
                        response.handler(buffer -> {
                            tail.append(buffer);
                            missed.addAndGet(tail.indexOf("event: missed") >= 0 ? 1 : 0);
                            if (tail.indexOf(last) >= 0) {
                                complete.countDown();
                            }
                            tail.delete(0, Math.max(0, tail.length() - last.length()));
                        });
                    });
        }
        while (opened.get() < streams) {
            LockSupport.parkNanos(1_000_000);
        }
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        long begin = System.nanoTime();
        for (int i = 0; i < events; i++) {
            ring.add(CloudEvent.of(
                    "e" + i, "/host/web-1/backup", "backup.failed", "backup", NOW, Map.of("versions", i)));
        }
        boolean all = complete.await(120, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.gc();
        System.out.printf(
                "%d streams, a burst of %d events: %d streams have all after %.1f s%s, %d told that they missed some,"
                        + " heap +%.1f MiB%n",
                streams,
                events,
                streams - complete.getCount(),
                seconds,
                all ? "" : " (gave up)",
                missed.get(),
                (runtime.totalMemory() - runtime.freeMemory() - before) / 1048576.0);
    }
}
