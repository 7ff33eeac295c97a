package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.event.StoreReachable;
import io.keepwatch.event.StoreUnreachable;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.FaultyS3Proxy;
import io.keepwatch.store.FaultyS3Proxy.Fault;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3ObjectStore;
import io.keepwatch.store.TestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same with an S3 client and a server between which things go wrong. */
class S3OutageTest extends BackupFixture {
    private EmbeddedS3 server;
    private FaultyS3Proxy proxy;

    @BeforeEach
    void store_something_first() throws IOException {
        server = EmbeddedS3.start(temporary.resolve("s3"));
        proxy = new FaultyS3Proxy(server.options().endpoint().orElseThrow());
        useStore(new S3ObjectStore(
                TestOptions.endpoint(server.options(), proxy.endpoint()), new RequestLedger(), Clock.systemUTC()));
        write("first", "stored before");
        write("dir/second", "stored before, too");
        backUp();
        assertThat(differences()).isEmpty();
    }

    @AfterEach
    void stop_server() throws IOException {
        proxy.close();
        server.close();
    }

    private void changeTheTree() throws IOException {
        write("first", "changed");
        write("dir/third", "new");
        Files.delete(tree.resolve("dir/second"));
        reconcile();
    }

    @Test
    void a_server_that_is_down_for_a_while_gets_everything_afterwards() throws IOException {
        proxy.goDown();
        changeTheTree();
        flush();
        assertThat(events(StoreUnreachable.class))
                .extracting(StoreUnreachable::personMustAct)
                .containsExactly(false);
        proxy.comeUp();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        flushAll();
        assertThat(differences()).isEmpty();
        assertThat(events(StoreReachable.class)).hasSize(1);
        assertNothingWaits();
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied", "403, RequestTimeTooSkewed", "404, NoSuchBucket"})
    void what_a_person_must_mend_stops_the_uploads_until_somebody_says_so(int status, String code) throws IOException {
        changeTheTree();
        proxy.next(20, status, code, "");
        flush();
        assertThat(events(StoreUnreachable.class))
                .extracting(StoreUnreachable::personMustAct)
                .containsExactly(true);
        assertThat(backlog().uploading()).isZero();
        proxy.forget();
        assertThat(flush()).isEqualTo(FlushReport.NOTHING);
        uploader().askStoreNow();
        flushAll();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void answers_that_are_lost_do_no_harm() throws IOException {
        changeTheTree();
        for (int i = 0; i < 3; i++) {
            proxy.next(new Fault.LoseReply());
        }
        flushAll();
        clock.advance(Duration.ofMinutes(15));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        flushAll();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }
}
