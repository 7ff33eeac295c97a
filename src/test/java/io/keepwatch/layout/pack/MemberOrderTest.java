package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.FileVersion;
import io.keepwatch.file.RawPath;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemberOrderTest {
    @Test
    void alike_files_of_a_directory_lie_side_by_side() {
        List<String> sorted = Stream.of("b/1.txt", "a/2.txt", "a/.hidden", "a/b/0", "a/1.xml", "a/3.txt", "top", "a/1")
                .map(path -> FileVersion.deleted("root", RawPath.of(path), Instant.EPOCH))
                .sorted(new MemberOrder())
                .map(version -> version.path().toString())
                .toList();
        assertThat(sorted)
                .isEqualTo(List.of("top", "a/.hidden", "a/1", "a/2.txt", "a/3.txt", "a/1.xml", "a/b/0", "b/1.txt"));
    }

    @Test
    void roots_do_not_mix() {
        FileVersion first = FileVersion.deleted("a", RawPath.of("z"), Instant.EPOCH);
        FileVersion second = FileVersion.deleted("b", RawPath.of("a"), Instant.EPOCH);
        assertThat(new MemberOrder().compare(first, second)).isNegative();
    }
}
