package io.keepwatch.layout.pack;

import static io.keepwatch.layout.TestCatalog.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.backup.SpyStore;
import io.keepwatch.file.FileType;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.TestCatalog.Change;
import io.keepwatch.store.MemoryObjectStore;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestLedger;
import io.keepwatch.store.S3Options.ObjectLock;
import io.keepwatch.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packs on a store that locks each new object for 30 days. */
class PackLocksTest {
    private static final Duration LENGTH = Duration.ofDays(30);
    private static final String PACKS = "k/h/packs/0/20261125T000000Z-00000001/000000000";

    @TempDir
    Path spool;

    private final PackLayoutFixture.MovableClock clock = new PackLayoutFixture.MovableClock();
    private final RequestLedger ledger = new RequestLedger();
    private final MemoryObjectStore memory =
            new MemoryObjectStore(ledger, clock, Optional.of(new ObjectLock(ObjectLock.Mode.COMPLIANCE, 30)));
    private final SpyStore store = new SpyStore(memory);
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final CatalogForPacks known = new CatalogForPacks();
    private final Random random = new Random(1);
    private TestCatalog catalog;

    @BeforeEach
    void begin() throws Exception {
        catalog = known.open(this::layout);
        get(layout(known.index).writeInstructions());
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private PackLayout layout(PackIndex index) {
        return PackLayout.writing(store, setting(Optional.of(LENGTH)), index, workers, clock, false);
    }

    private PackSetting setting(Optional<Duration> lock) {
        return new PackSetting(
                "b",
                "k",
                "h",
                spool,
                PackOptions.DEFAULT,
                PackCipher.NONE,
                PackLayoutFixture.KEEP_ALL,
                PackSetting.GRACE,
                Duration.ZERO,
                lock);
    }

    private static String pack(int number) {
        return PACKS + number + ".tar.zst";
    }

    private Change file(String path, int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return catalog.file(RawPath.of(path), TestCatalog.meta(FileType.REGULAR, bytes), content);
    }

    private List<String> maintain() throws Exception {
        store.requests();
        get(layout(known.index).maintain(clock.instant()));
        return store.requests();
    }

    private String renewal(int pack) {
        return "LOCK " + pack(pack) + " " + clock.instant().plus(LENGTH).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void a_lock_is_renewed_once_when_less_than_half_of_it_is_left() throws Exception {
        catalog.store(file("a", 1_000));
        clock.move(Duration.ofDays(14));
        catalog.store(file("b", 1_000));
        assertThat(maintain()).isEmpty();
        clock.move(Duration.ofDays(2));
        long before = ledger.snapshot().of(RequestClass.PUT);
        assertThat(maintain()).containsExactly(renewal(1));
        assertThat(ledger.snapshot().of(RequestClass.PUT)).isEqualTo(before + 1);
        assertThat(memory.lockedUntil(pack(1)))
                .contains(clock.instant().plus(LENGTH).truncatedTo(ChronoUnit.SECONDS));
        assertThat(maintain()).isEmpty();
        clock.move(Duration.ofDays(13));
        assertThat(maintain()).containsExactly(renewal(2));
    }

    @Test
    void a_pack_of_which_no_lock_is_known_gets_one() throws Exception {
        PackLayout unlocking = PackLayout.writing(store, setting(Optional.empty()), known.index, workers, clock, false);
        TestCatalog before = known.open(index -> unlocking);
        before.store(before.file("a", "stored before the setting was made"));
        assertThat(maintain()).containsExactly(renewal(1));
        assertThat(maintain()).isEmpty();
    }

    @Test
    void a_pack_that_nothing_needs_is_not_renewed_and_goes_when_its_lock_has_ended() throws Exception {
        catalog.store(file("a", 300_000));
        catalog.forget(catalog.current("a"));
        clock.move(Duration.ofDays(2));
        assertThat(maintain()).as("condemned").isEmpty();
        clock.move(Duration.ofDays(27));
        assertThat(maintain()).as("past the grace period").isEmpty();
        clock.move(Duration.ofDays(2));
        assertThat(maintain()).containsExactly("DELETE " + pack(1));
        assertThat(memory.hiddenWhileLocked()).isZero();
        assertThat(known.index.condemnedBefore(Instant.MAX)).isEmpty();
    }

    @Test
    void a_rewritten_pack_is_locked_anew_and_the_old_one_is_left_until_its_lock_ends() throws Exception {
        catalog.store(file("kept", 300_000), file("large", 3_000_000));
        StoredVersion large = catalog.current("large");
        catalog.store(catalog.deletion("large"));
        catalog.forget(large);
        clock.move(Duration.ofDays(16));
        assertThat(maintain())
                .contains(renewal(2))
                .noneMatch(request -> request.startsWith("DELETE") || request.startsWith("LOCK " + pack(1)));
        assertThat(known.index.stored())
                .hasSize(2)
                .allSatisfy(pack -> assertThat(pack.lockedUntil())
                        .contains(clock.instant().plus(LENGTH).truncatedTo(ChronoUnit.SECONDS)));
        clock.move(Duration.ofDays(13));
        assertThat(maintain()).isEmpty();
        clock.move(Duration.ofDays(1).plusMinutes(1));
        assertThat(maintain()).contains("DELETE " + pack(1));
        assertThat(memory.hiddenWhileLocked()).isZero();
    }

    @Test
    void a_pack_that_is_gone_is_told_and_the_others_are_renewed() throws Exception {
        for (int i = 0; i < 3; i++) {
            catalog.store(file("f" + i, 1_000));
        }
        get(memory.delete(List.of(pack(2))));
        clock.move(Duration.ofDays(20));
        assertThatThrownBy(this::maintain)
                .isInstanceOf(StoreException.SourceChanged.class)
                .hasMessageContaining(pack(2));
        assertThat(store.requests()).containsExactlyInAnyOrder(renewal(1), renewal(2), renewal(3));
        assertThatThrownBy(this::maintain).hasMessageContaining(pack(2));
        assertThat(store.requests()).containsExactly(renewal(2));
    }

    @Test
    void a_dry_run_counts_the_packs_that_stay_and_are_due() throws Exception {
        for (int i = 0; i < 3; i++) {
            catalog.store(file("f" + i, 1_000));
        }
        catalog.forget(catalog.current("f0"));
        PackSavings early =
                PackSavings.of(known.index.uses(), clock.instant(), PackLayoutFixture.KEEP_ALL, Optional.of(LENGTH));
        assertThat(early.extendedLocks()).isZero();
        clock.move(Duration.ofDays(16));
        PackSavings late =
                PackSavings.of(known.index.uses(), clock.instant(), PackLayoutFixture.KEEP_ALL, Optional.of(LENGTH));
        assertThat(late.deadPacks()).isEqualTo(1);
        assertThat(late.extendedLocks()).isEqualTo(2);
        assertThat(maintain()).containsExactlyInAnyOrder(renewal(2), renewal(3));
    }

    @Test
    void what_is_to_be_removed_at_once_and_is_locked_is_refused() throws Exception {
        catalog.store(file("a", 1_000));
        StoredVersion gone = catalog.current("a");
        catalog.forget(gone);
        assertThatThrownBy(() -> get(layout(known.index).delete(List.of(gone))))
                .isInstanceOf(StoreException.Permanent.class)
                .hasMessageContaining(pack(1))
                .hasMessageContaining("is locked until");
        assertThat(known.index.stored()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 15d, false",
        "30, 14d, true",
        "3, 49h, false",
        "3, 47h, true",
        "2, 47h, false",
        "2, 46h, true",
        "1, 23h, false",
        "1, 22h, true",
        "1, -1h, true"
    })
    void a_lock_is_renewed_so_that_two_days_are_left_where_it_is_that_long(int days, String left, boolean due) {
        Duration rest = Duration.parse((left.endsWith("d") ? "P" : "PT") + left);
        PackFacts pack = new PackFacts(new PackName(0, "e", 1), 1, "")
                .locked(clock.instant().plus(rest));
        assertThat(PackLocks.isDue(pack, clock.instant(), Duration.ofDays(days)))
                .isEqualTo(due);
    }
}
