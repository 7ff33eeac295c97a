package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRootsTest {
    @TempDir
    Path temporary;

    @Test
    void a_root_may_be_a_link_and_is_opened_where_it_leads() throws IOException {
        Path real = Files.createDirectory(temporary.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
        assertThat(new WatchedRoots(Map.of("home", link))
                        .open("home")
                        .orElseThrow()
                        .realPath())
                .isEqualTo(real);
    }

    @Test
    void a_root_that_is_not_there_is_no_root_that_is_not_configured() throws IOException {
        WatchedRoots roots = new WatchedRoots(Map.of("home", temporary.resolve("absent")));
        assertThat(roots.open("other")).isEmpty();
        assertThatThrownBy(() -> roots.open("home")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_path_is_found_in_the_root_that_holds_it() {
        WatchedRoots roots = new WatchedRoots(Map.of("home", Path.of("/srv/home"), "etc", Path.of("/etc")));
        assertThat(roots.locate(Path.of("/srv/home/a/b")))
                .contains(new WatchedRoots.Located("home", RawPath.of("a/b")));
        assertThat(roots.locate(Path.of("/etc"))).contains(new WatchedRoots.Located("etc", RawPath.ROOT));
        assertThat(roots.locate(Path.of("/srv/homework"))).isEmpty();
    }

    @Test
    void of_roots_within_each_other_the_inner_one_holds_a_path() {
        WatchedRoots roots = new WatchedRoots(Map.of(
                "a", Path.of("/srv"), "b", Path.of("/srv/home"), "c", Path.of("/srv/home/anna"), "d", Path.of("/")));
        assertThat(roots.locate(Path.of("/srv/home/anna/x"))).contains(new WatchedRoots.Located("c", RawPath.of("x")));
    }
}
