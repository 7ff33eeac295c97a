package io.keepwatch.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A server on port 0, and requests with any headers: a JDK client does not let a test choose the Host. */
class ServedRoutes {
    final Vertx vertx = Vertx.vertx();
    final HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(64));

    @AfterEach
    void close() {
        vertx.close().await();
    }

    record Reply(int status, io.vertx.core.MultiMap headers, String body) {
        String header(String name) {
            return String.valueOf(headers.get(name));
        }
    }

    int serve(Access access, RouteGroup... guarded) {
        return serve(access, List.of(), guarded);
    }

    int serve(Access access, List<RouteGroup> signed, RouteGroup... guarded) {
        HttpServer server = Connections.serve(
                        vertx,
                        Routes.serverOptions(),
                        Connections.Limits.STANDARD,
                        Routes.guarded(
                                vertx, access, signed, List.of(new Dashboard()), List.of(guarded), Failures.NONE))
                .listen(0, "127.0.0.1")
                .await();
        return server.actualPort();
    }

    Reply send(int port, String method, String uri, String body, List<String> headers) {
        List<String> all = new ArrayList<>(headers);
        String host = "127.0.0.1:" + port;
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setMethod(io.vertx.core.http.HttpMethod.valueOf(method))
                .setURI(uri);
        for (int i = 0; i < all.size(); i += 2) {
            if (all.get(i).equals("Host")) {
                host = all.get(i + 1);
            } else {
                options.addHeader(all.get(i), all.get(i + 1));
            }
        }
        int colon = host.lastIndexOf(':');
        boolean named = colon > host.lastIndexOf(']');
        options.setHost(named ? host.substring(0, colon) : host)
                .setPort(named ? Integer.parseInt(host.substring(colon + 1)) : 80);
        return client.request(options)
                .compose(request -> {
                    // Listens before it sends: a body that comes before somebody listens is lost.
                    Future<Reply> reply = request.response()
                            .compose(response -> response.body()
                                    .map(text ->
                                            new Reply(response.statusCode(), response.headers(), text.toString())));
                    return request.end(body).compose(sent -> reply);
                })
                .await();
    }
}
