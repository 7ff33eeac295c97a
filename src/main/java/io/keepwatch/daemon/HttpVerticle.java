package io.keepwatch.daemon;

import io.keepwatch.config.HttpConfig;
import io.keepwatch.http.RouteGroup;
import io.keepwatch.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers on the Unix socket of the state folder, and on a loopback port where one is configured. */
final class HttpVerticle extends VerticleBase {
    private final Path socket;
    private final Optional<HttpConfig> listen;
    private final List<RouteGroup> open;
    private final List<RouteGroup> local;
    private volatile int port;

    /** @param local mounted on the socket only, beside the open ones */
    HttpVerticle(Path socket, Optional<HttpConfig> listen, List<RouteGroup> open, List<RouteGroup> local) {
        this.socket = socket;
        this.listen = listen;
        this.open = open;
        this.local = local;
    }

    @Override
    public Future<?> start() {
        List<RouteGroup> all =
                java.util.stream.Stream.concat(open.stream(), local.stream()).toList();
        Future<HttpServer> unix = vertx.createHttpServer(Routes.serverOptions())
                .requestHandler(Routes.local(vertx, all))
                .listen(SocketAddress.domainSocketAddress(socket.toString()));
        return listen.isEmpty() ? unix : unix.compose(done -> tcp(listen.get()));
    }

    private Future<HttpServer> tcp(HttpConfig address) {
        return vertx.createHttpServer(Routes.serverOptions())
                .requestHandler(Routes.guarded(vertx, open))
                .listen(address.port(), address.host())
                .onSuccess(server -> port = server.actualPort());
    }

    /** The port that was opened; 0 where there is none. */
    int port() {
        return port;
    }
}
