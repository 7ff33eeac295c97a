package io.keepwatch.layout.mirror;

import static io.keepwatch.layout.TestCatalog.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.layout.StoredVersion;
import io.keepwatch.layout.TestCatalog;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MirrorOnVersioningBucketTest {
    private final RecordingStore store = new RecordingStore(new VersioningStore());
    private final TestCatalog catalog = new TestCatalog(
            new MirrorLayout(store, "", "h", MirrorOptions.defaults(), Clock.fixed(TestCatalog.START, ZoneOffset.UTC)));

    @Test
    void every_older_version_of_a_file_is_read_from_the_bucket() throws Exception {
        catalog.store(catalog.file("a", "one"));
        StoredVersion one = catalog.current("a");
        catalog.store(catalog.file("a", "two"));
        StoredVersion two = catalog.current("a");
        catalog.store(catalog.deletion("a"));
        assertThat(catalog.read(one)).isEqualTo(utf8("one"));
        assertThat(catalog.read(two)).isEqualTo(utf8("two"));
    }

    @Test
    void a_deletion_is_one_request_because_the_bucket_keeps_the_file() throws Exception {
        catalog.store(catalog.file("a", "one"));
        store.requests();
        catalog.store(catalog.deletion("a"));
        assertThat(store.requests()).containsExactly("DELETE h/home/a");
    }
}
