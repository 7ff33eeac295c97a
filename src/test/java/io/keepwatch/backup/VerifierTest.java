package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.layout.VerifyReport;
import io.keepwatch.store.ObjectInfo;
import io.keepwatch.store.PutObject;
import io.keepwatch.unit.Ratio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifierTest extends BackupFixture {
    private static final Ratio ALL = new Ratio(1);

    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void store_three_files() throws IOException {
        write("a", "one");
        write("dir/b", "two");
        write("dir/c", "three");
        backUp();
    }

    private Verifier verifier() {
        return new Verifier(catalog().reader(), layout, new Random(7), problems::add);
    }

    /** The same metadata, other bytes. */
    private void spoil(String path, String content) {
        ObjectInfo info = await(store.head(KEYS + path)).orElseThrow();
        await(store.put(
                new PutObject(KEYS + path, info.metadata(), false),
                new MemoryContent(content.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_bucket_as_the_catalog_says_is_clean() {
        VerifyReport report = await(verifier().compareLists());
        assertThat(report.isClean()).isTrue();
        assertThat(report.checked()).isEqualTo(4);
        assertThat(problems).isEmpty();
    }

    @Test
    void lists_alone_find_what_is_missing_different_or_unknown() {
        await(store.delete(List.of(KEYS + "a")));
        spoil("dir/b", "longer than before");
        await(store.put(new PutObject(KEYS + "stranger", Map.of(), false), new MemoryContent(new byte[1])));
        store.requests();
        VerifyReport report = await(verifier().compareLists());
        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.different()).isEqualTo(1);
        assertThat(report.unknown()).isEqualTo(1);
        assertThat(problems).hasSize(2);
        assertThat(store.requests()).noneMatch(request -> request.startsWith("PUT") || request.startsWith("DELETE"));
    }

    @Test
    void reading_finds_bytes_that_were_flipped() {
        Verifier.ReadReport good = verifier().readShare(ALL);
        assertThat(good).isEqualTo(new Verifier.ReadReport(3, 11, 0));
        spoil("dir/b", "tvo");
        assertThat(verifier().readShare(ALL).wrong()).isEqualTo(1);
        assertThat(problems).singleElement().asString().contains("dir/b").contains("home");
    }

    @Test
    void reading_tells_of_a_file_that_is_gone() {
        await(store.delete(List.of(KEYS + "a")));
        assertThat(verifier().readShare(ALL).wrong()).isEqualTo(1);
        assertThat(problems).singleElement().asString().contains("\"a\"");
    }

    @Test
    void a_share_of_nothing_reads_nothing() {
        store.requests();
        assertThat(verifier().readShare(new Ratio(0)).files()).isZero();
        assertThat(store.requests()).isEmpty();
    }
}
