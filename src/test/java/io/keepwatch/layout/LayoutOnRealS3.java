package io.keepwatch.layout;

import io.keepwatch.store.ObjectStore;
import io.keepwatch.store.RealS3;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3ObjectStore;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract of a layout on a server that runs by itself; each test has a prefix of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LayoutOnRealS3 implements StorageLayoutContract {
    private final AtomicInteger tests = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private ObjectStore store;

    @SuppressWarnings("NullAway.Init")
    private StorageLayout layout;

    protected abstract StorageLayout newLayout(ObjectStore store, String prefix, Clock clock) throws Exception;

    @BeforeAll
    void makeBucket() throws Exception {
        store = new S3ObjectStore(RealS3.newBucket(), new RequestLedger(), Clock.systemUTC());
    }

    @BeforeEach
    void makeLayout() throws Exception {
        layout = newLayout(store, "test" + tests.incrementAndGet(), Clock.fixed(TestCatalog.START, ZoneOffset.UTC));
    }

    @AfterAll
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    public StorageLayout layout() {
        return layout;
    }
}
