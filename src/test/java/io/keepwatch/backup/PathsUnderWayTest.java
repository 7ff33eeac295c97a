package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.RawPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PathsUnderWayTest {
    private final PathsUnderWay paths = new PathsUnderWay();

    private static WatchedRoots.Located at(String path) {
        return new WatchedRoots.Located("data", RawPath.of(path));
    }

    private CompletableFuture<Void> hold(String path) {
        return paths.hold(List.of(at(path))).toCompletableFuture();
    }

    @Test
    void a_path_is_stored_by_one_flush_at_a_time() {
        assertThat(paths.begin(at("a"))).isTrue();
        assertThat(paths.begin(at("a"))).isFalse();
        paths.end(at("a"));
        assertThat(paths.begin(at("a"))).isTrue();
    }

    @Test
    void no_flush_begins_with_what_is_held_beneath_it_or_above_it() {
        assertThat(hold("db/files")).isCompleted();
        assertThat(paths.begin(at("db/files"))).isFalse();
        assertThat(paths.begin(at("db/files/one"))).isFalse();
        assertThat(paths.begin(at("db"))).isFalse();
        assertThat(paths.begin(at("db/filesystem"))).isTrue();
        assertThat(paths.begin(new WatchedRoots.Located("other", RawPath.of("db/files"))))
                .isTrue();
        paths.letGo();
        assertThat(paths.begin(at("db/files"))).isTrue();
    }

    @Test
    void paths_are_held_when_the_flush_that_is_busy_with_them_has_ended() {
        paths.begin(at("db/one"));
        paths.begin(at("elsewhere"));
        CompletableFuture<Void> held = hold("db");
        assertThat(held).isNotDone();
        paths.end(at("elsewhere"));
        assertThat(held).isNotDone();
        paths.end(at("db/one"));
        assertThat(held).isCompleted();
    }

    @Test
    void while_anything_is_held_there_is_work_left() {
        assertThat(hold("db")).isCompleted();
        assertThat(paths.isEmpty()).isFalse();
        paths.letGo();
        assertThat(paths.isEmpty()).isTrue();
    }
}
