package io.keepwatch.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A burst of events to many streams, server and clients in one process. Run by {@code src/test/bench/http-load.sh}. */
final class StreamBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final EventRing ring = new EventRing(NOW);
    private final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(600));
    private final int port;

    private StreamBenchmark() {
        List<RouteGroup> groups = List.of(new EventRoutes(ring, new LastingEvents(List.of(), NOW), Runnable::run));
        HttpServer server = Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        Connections.Limits.STANDARD,
                        Routes.guarded(vertx, Access.open(), List.of(), List.of(), groups, Failures.NONE))
                .listen(0, "127.0.0.1")
                .await();
        this.port = server.actualPort();
    }

    public static void main(String[] arguments) throws InterruptedException {
        StreamBenchmark benchmark = new StreamBenchmark();
        benchmark.streams(500, 5000);
        benchmark.vertx.close().await();
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
