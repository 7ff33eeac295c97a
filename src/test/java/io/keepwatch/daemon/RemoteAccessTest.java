package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.http.AccessToken;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A daemon that other machines can reach. */
class RemoteAccessTest extends DaemonFixture {
    private Config listening(String http) throws IOException {
        Path file = writeConfig("");
        Files.writeString(file, Files.readString(file).replace("{listen: \"127.0.0.1:0\"}", http));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private static String http(String certificate, String key) {
        return "{listen: \"0.0.0.0:0\", tls: {certificate: \"%s\", key: \"%s\"}, tokens: [{name: a, hash: %s}]}"
                .formatted(certificate, key, AccessToken.hash("secret"));
    }

    /** By the JDK's own tool, and then as PEM. */
    private void makeCertificate(Path certificate, Path key) throws Exception {
        Path store = temporary.resolve("tls.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int exit = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start()
                .waitFor();
        assertThat(exit).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("a").getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    @Test
    void it_talks_tls_and_asks_for_a_token() throws Exception {
        Path certificate = temporary.resolve("tls.crt");
        Path key = temporary.resolve("tls.key");
        makeCertificate(certificate, key);
        Vertx vertx = Vertx.vertx();
        try {
            Daemon daemon = start(listening(http(certificate.toString(), key.toString())));
            HttpClientOptions trusting = new HttpClientOptions()
                    .setSsl(true)
                    .setVerifyHost(false)
                    .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
            RequestOptions status = new RequestOptions()
                    .setHost("localhost")
                    .setPort(daemon.port())
                    .setMethod(HttpMethod.GET)
                    .setURI("/api/v1/status");
            var client = vertx.createHttpClient(trusting);
            assertThat(client.request(status)
                            .compose(request -> request.send())
                            .map(HttpClientResponse::statusCode)
                            .await())
                    .isEqualTo(401);
            RequestOptions known = new RequestOptions(status).putHeader("Authorization", "Bearer secret");
            assertThat(client.request(known)
                            .compose(request -> request.send())
                            .compose(HttpClientResponse::body)
                            .await()
                            .toString())
                    .contains("\"host\":\"test\"");
            assertThat(status(daemon).host()).isEqualTo("test");
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void a_certificate_that_cannot_be_read_ends_the_start_and_is_named() throws IOException {
        Config config = listening(http("/nowhere/tls.crt", "/nowhere/tls.key"));
        assertThatThrownBy(() -> start(config)).isInstanceOf(IOException.class).hasMessageContaining("/nowhere/tls");
    }
}
