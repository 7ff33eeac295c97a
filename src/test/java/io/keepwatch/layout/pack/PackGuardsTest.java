package io.keepwatch.layout.pack;

import static io.keepwatch.layout.TestCatalog.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.Content;
import io.keepwatch.file.FileType;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.layout.StoreOutcome;
import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import io.keepwatch.layout.TestCatalog.Change;
import io.keepwatch.store.PutObject;
import io.keepwatch.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What maintenance leaves alone: packs that a flush under way may need, and all but the one that it cannot read. */
class PackGuardsTest extends PackLayoutFixture {
    private final Random random = new Random(1);

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Change file(TestCatalog catalog, String path, byte[] content) {
        return catalog.file(RawPath.of(path), TestCatalog.meta(FileType.REGULAR, content.length), content);
    }

    /** A content that is being read for as long as a test wants. */
    private static final class SlowContent implements Content {
        private final MemoryContent content;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        SlowContent(byte[] bytes) {
            this.content = new MemoryContent(bytes);
        }

        @Override
        public long lengthBytes() {
            return content.lengthBytes();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            return content.open(offset);
        }
    }

    @Test
    void a_pack_that_was_condemned_since_a_flush_began_is_deleted_only_after_it() throws Exception {
        TestCatalog catalog = catalog();
        PackLayout layout = layout();
        get(layout.writeInstructions());
        catalog.store(file(catalog, "old", noise(300_000)));
        StoredVersion old = catalog.current("old");
        byte[] bytes = noise(2_000_000);
        SlowContent slow = new SlowContent(bytes);
        Change large = file(catalog, "large", bytes);
        CompletionStage<List<StoreOutcome>> flush =
                layout.store(catalog.flush(new Change(large.version(), Optional.of(slow))));
        slow.begun.await();
        clock.move(Duration.ofHours(1));
        catalog.forget(old);
        get(layout.maintain(clock.instant()));
        assertThat(index.condemnedBefore(clock.instant())).hasSize(1);
        clock.move(PackSetting.GRACE.plusHours(6));
        store.requests();
        assertThat(get(layout.maintain(clock.instant())))
                .as("past the grace period, but the flush is older")
                .isZero();
        assertThat(store.requests()).noneMatch(request -> request.startsWith("DELETE"));
        slow.goOn.countDown();
        assertThat(get(flush)).singleElement().isInstanceOf(StoreOutcome.Stored.class);
        store.requests();
        assertThat(get(layout.maintain(clock.instant()))).isEqualTo(1);
        assertThat(store.requests())
                .filteredOn(request -> request.startsWith("DELETE"))
                .singleElement()
                .asString()
                .endsWith("0000000001.tar.zst");
    }

    private void remove(TestCatalog catalog, String... paths) throws Exception {
        List<StoredVersion> old = Stream.of(paths).map(catalog::current).toList();
        catalog.store(Stream.of(paths).map(catalog::deletion).toArray(Change[]::new));
        old.forEach(catalog::forget);
        clock.move(Duration.ofHours(1));
    }

    private List<PackName> ofLevel(int level) {
        return index.stored().stream()
                .map(PackFacts::name)
                .filter(name -> name.level() == level)
                .toList();
    }

    @Test
    void a_pack_that_cannot_be_read_is_named_and_the_others_are_rewritten() throws Exception {
        TestCatalog catalog = catalog();
        catalog.store(
                file(catalog, "k1", noise(300_000)),
                file(catalog, "k2", noise(300_000)),
                file(catalog, "k3", noise(300_000)),
                file(catalog, "big", noise(3_000_000)));
        remove(catalog, "big");
        get(layout().maintain(clock.instant()));
        PackName healthy = ofLevel(1).get(0);
        byte[] kept = noise(300_000);
        catalog.store(file(catalog, "m", kept), file(catalog, "big2", noise(3_000_000)));
        remove(catalog, "big2");
        remove(catalog, "k1", "k2");
        PackName damaged = index.uses().stream()
                .filter(use -> use.neededBytes() > 0 && use.pack().name().level() == 0)
                .map(use -> use.pack().name())
                .findFirst()
                .orElseThrow();
        String key = "k/h/packs/" + damaged.text() + ".tar.zst";
        get(store.put(new PutObject(key, Map.of(), false), new MemoryContent(noise(3_400_000))));

        assertThatThrownBy(() -> get(layout().maintain(clock.instant())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(damaged.text());
        assertThat(ofLevel(1))
                .as("the one of level 1 was rewritten all the same")
                .hasSize(1)
                .doesNotContain(healthy);
        assertThat(ofLevel(0)).contains(damaged);
        assertThat(index.condemnedBefore(clock.instant()))
                .extracting(PackFacts::name)
                .contains(healthy)
                .doesNotContain(damaged);
        assertThat(index.staged()).isEmpty();
        assertThat(catalog.read(catalog.current("k3"))).hasSize(300_000);
    }
}
