package io.keepwatch.action.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.keepwatch.config.WebhookConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.JksOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to an address, and the certificate must be that of the name. */
class HttpsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private final SendFixture fixture = new SendFixture();
    private TestReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=ops",
                "-ext",
                "SAN=dns:ops.example.test",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        receiver = TestReceiver.on(server);
        fixture.with(new HttpClientOptions()
                .setTrustOptions(new JksOptions().setPath(store.toString()).setPassword(PASSWORD)));
    }

    @AfterEach
    void end() throws Exception {
        fixture.end();
        receiver.close();
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private Receipt send(String host) throws Exception {
        fixture.start(
                SendFixture.webhook("https://" + host + ":" + receiver.port() + "/", true, WebhookConfig.Format.JSON));
        return fixture.send(SendFixture.message("{text: hello}"));
    }

    @Test
    void the_certificate_of_the_name_is_accepted() throws Exception {
        assertThat(send("ops.example.test")).isEqualTo(new Receipt(true, true, 204, ""));
    }

    @Test
    void the_certificate_of_another_name_is_not() throws Exception {
        Receipt receipt = send("other.example.test");
        assertThat(receipt.delivered()).isFalse();
        assertThat(receiver.requests()).isEmpty();
    }
}
