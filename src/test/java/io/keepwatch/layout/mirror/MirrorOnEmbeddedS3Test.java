package io.keepwatch.layout.mirror;

import io.keepwatch.layout.StorageLayout;
import io.keepwatch.layout.StorageLayoutContract;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a server that speaks S3; each test has a prefix of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MirrorOnEmbeddedS3Test implements StorageLayoutContract {
    @SuppressWarnings("NullAway.Init")
    private EmbeddedS3 server;

    @SuppressWarnings("NullAway.Init")
    private S3ObjectStore store;

    @SuppressWarnings("NullAway.Init")
    private MirrorLayout layout;

    private final AtomicInteger tests = new AtomicInteger();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = EmbeddedS3.start(directory);
        store = new S3ObjectStore(server.options(), new RequestLedger(), Clock.systemUTC());
    }

    @BeforeEach
    void newLayout() {
        Clock clock = Clock.fixed(TestCatalog.START, ZoneOffset.UTC);
        layout = new MirrorLayout(store, "test" + tests.incrementAndGet(), "host", MirrorOptions.defaults(), clock);
    }

    @AfterAll
    void stop() {
        store.close();
        server.close();
    }

    @Override
    public StorageLayout layout() {
        return layout;
    }
}
