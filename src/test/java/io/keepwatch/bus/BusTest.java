package io.keepwatch.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.RootMissing;
import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.Topics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void a_subscriber_gets_the_very_record_of_its_topic() throws Exception {
        Bus bus = new Bus(vertx);
        CompletableFuture<RootMissing> received = new CompletableFuture<>();
        bus.subscribe(Topics.ROOT_MISSING, received::complete);
        RootMissing event = new RootMissing(Instant.EPOCH, "etc", "/etc");

        bus.publish(new StoreReachable(Instant.EPOCH, Duration.ZERO));
        bus.publish(event);

        assertThat(received.get(10, TimeUnit.SECONDS)).isSameAs(event);
    }
}
