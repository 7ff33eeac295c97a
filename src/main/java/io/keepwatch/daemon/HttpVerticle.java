package io.keepwatch.daemon;

import io.keepwatch.config.HttpConfig;
import io.keepwatch.config.TlsConfig;
import io.keepwatch.config.TokenConfig;
import io.keepwatch.http.Access;
import io.keepwatch.http.AccessToken;
import io.keepwatch.http.Connections;
import io.keepwatch.http.Role;
import io.keepwatch.http.RouteGroup;
import io.keepwatch.http.Routes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Answers on the Unix socket of the state folder, and on a port where one is configured. */
final class HttpVerticle extends VerticleBase {
    private final Path socket;
    private final Optional<HttpConfig> listen;
    private final Groups groups;
    private volatile int port;

    HttpVerticle(Path socket, Optional<HttpConfig> listen, Groups groups) {
        this.socket = socket;
        this.listen = listen;
        this.groups = groups;
    }

    /**
     * What is mounted where.
     *
     * @param signed for other programs, whose requests prove themselves
     * @param open for everybody who reaches the port
     * @param guarded for those who may
     * @param local on the socket only, beside the others
     */
    record Groups(List<RouteGroup> signed, List<RouteGroup> open, List<RouteGroup> guarded, List<RouteGroup> local) {
        List<RouteGroup> all() {
            return Stream.of(open, guarded, local).flatMap(List::stream).toList();
        }
    }

    @Override
    public Future<?> start() {
        Future<HttpServer> unix = Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        Connections.Limits.STANDARD,
                        Routes.local(vertx, groups.signed(), groups.all(), KnownFailures::told))
                .listen(SocketAddress.domainSocketAddress(socket.toString()));
        return listen.isEmpty() ? unix : unix.compose(done -> tcp(listen.get()));
    }

    private Future<HttpServer> tcp(HttpConfig config) {
        HttpServerOptions options = Routes.serverOptions();
        config.tls().ifPresent(tls -> options.setSsl(true).setKeyCertOptions(pem(tls)));
        return Connections.serve(
                        vertx,
                        options,
                        Connections.Limits.STANDARD,
                        Routes.guarded(
                                vertx,
                                access(config),
                                groups.signed(),
                                groups.open(),
                                groups.guarded(),
                                KnownFailures::told))
                .listen(config.port(), config.host())
                .onSuccess(server -> port = server.actualPort())
                .recover(cause -> Future.failedFuture(cause instanceof IOException ? cause : unusable(config, cause)));
    }

    private static IOException unusable(HttpConfig config, Throwable cause) {
        return new IOException(
                "the HTTP server cannot listen at " + config.host() + ":" + config.port() + ": " + cause.getMessage()
                        + "; check http.listen and http.tls",
                cause);
    }

    private static PemKeyCertOptions pem(TlsConfig tls) {
        return new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString());
    }

    private static Access access(HttpConfig config) {
        Set<String> names = new HashSet<>(config.names());
        names.add(config.host());
        return new Access(
                config.tokens().stream().map(HttpVerticle::token).toList(),
                names,
                config.isLoopback(),
                config.trustProxy(),
                config.tls().isPresent() || config.trustProxy());
    }

    private static AccessToken token(TokenConfig token) {
        Role role = token.role() == TokenConfig.Role.OPERATE ? Role.OPERATE : Role.READ;
        return new AccessToken(token.name(), token.hash(), role);
    }

    /** The port that was opened; 0 where there is none. */
    int port() {
        return port;
    }
}
