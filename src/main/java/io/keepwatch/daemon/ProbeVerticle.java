package io.keepwatch.daemon;

import io.keepwatch.bus.Bus;
import io.keepwatch.event.Topics;
import io.keepwatch.probe.ProbeRunner;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Gives the probes their beat, and their readings to those who keep them. */
final class ProbeVerticle extends VerticleBase {
    private static final long TICK_MILLIS = 500;

    private final ProbeRunner runner;
    private final Bus bus;
    private final ProbeBoard board;
    private final HostWatch watch;

    ProbeVerticle(ProbeRunner runner, Bus bus, ProbeBoard board, HostWatch watch) {
        this.runner = runner;
        this.bus = bus;
        this.board = board;
        this.watch = watch;
    }

    @Override
    public Future<?> start() {
        bus.subscribe(Topics.PROBE_READ, board::take);
        bus.subscribe(Topics.PROBE_FAILED, board::take);
        bus.subscribe(Topics.PROBE_READ, watch::take);
        bus.subscribe(Topics.PROBE_FAILED, watch::take);
        vertx.setPeriodic(TICK_MILLIS, timer -> runner.tick());
        return Future.succeededFuture();
    }
}
