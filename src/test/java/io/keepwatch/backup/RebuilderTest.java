package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.catalog.CatalogVersion;
import io.keepwatch.file.MemoryContent;
import io.keepwatch.file.RawPath;
import io.keepwatch.store.PutObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RebuilderTest extends BackupFixture {
    private final List<String> problems = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();

    private Rebuilder.Report rebuild() throws IOException {
        closeCatalog();
        Catalog.moveAside(state);
        restart();
        return await(new Rebuilder(catalog(), layout, problems::add, progress::add).rebuild());
    }

    private List<String> currentRows() {
        List<String> rows = new ArrayList<>();
        catalog()
                .reader()
                .forEachAt(
                        ROOT,
                        RawPath.ROOT,
                        Optional.empty(),
                        false,
                        row -> rows.add(row.version() + " " + row.location()));
        return rows;
    }

    private void someTree() throws IOException {
        write("a", "one");
        write("dir/b", "two");
        write("dir/empty", "");
        write("deleted", "three");
        write("name\nwith a newline", "four");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("dir/b"));
        Files.createLink(tree.resolve("dir/second name"), tree.resolve("a"));
        Files.createDirectory(tree.resolve("nothing in it"));
        backUp();
        Files.delete(tree.resolve("deleted"));
        write("dir/b", "two, changed");
        backUp();
    }

    @Test
    void a_catalog_from_the_bucket_alone_is_equal_to_the_one_that_was_lost() throws IOException {
        someTree();
        List<String> before = currentRows();
        Rebuilder.Report report = rebuild();
        assertThat(currentRows()).isEqualTo(before);
        assertThat(report.problems()).isZero();
        assertThat(report.versions()).isGreaterThanOrEqualTo(before.size());
        assertThat(progress).last().isEqualTo(report.versions());
        assertThat(differences()).isEmpty();
    }

    @Test
    void after_a_rebuild_nothing_is_uploaded_again() throws IOException {
        someTree();
        rebuild();
        store.requests();
        backUp();
        assertThat(store.requests()).isEmpty();
        assertNothingWaits();
        assertThat(reconcile()).isZero();
    }

    @Test
    void a_change_after_a_rebuild_is_stored_as_before() throws IOException {
        someTree();
        rebuild();
        write("a", "changed");
        Files.delete(tree.resolve("dir/empty"));
        backUp();
        assertThat(differences()).isEmpty();
    }

    @Test
    void an_object_that_is_not_ours_is_told_and_left() throws IOException {
        someTree();
        List<String> before = currentRows();
        await(store.put(new PutObject(KEYS + "stranger", Map.of(), false), new MemoryContent(new byte[1])));
        Rebuilder.Report report = rebuild();
        assertThat(report.problems()).isEqualTo(problems.size());
        assertThat(currentRows()).containsAll(before);
        assertThat(await(store.head(KEYS + "stranger"))).isPresent();
    }

    @Test
    void more_versions_than_one_batch_all_arrive() throws IOException {
        for (int i = 0; i < 1200; i++) {
            write("f" + i, "");
        }
        backUp();
        assertThat(rebuild().versions()).isEqualTo(1200);
        assertThat(progress).contains(500L, 1000L, 1200L);
        assertThat(current("f1199")).map(CatalogVersion::version).isPresent();
    }
}
