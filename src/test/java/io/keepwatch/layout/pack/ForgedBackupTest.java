package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write to the bucket can write anything there, and restore.sh runs as root. */
class ForgedBackupTest {
    private static final String CONTENT =
            Sha256.hash("hello".getBytes(StandardCharsets.UTF_8)).hex();
    private static final String CHANGE = "{\"op\":\"put\",\"observed\":\"2026-11-25T10:15:29.2Z\",";
    private static final String META = ",\"mtime\":\"1.5\",\"mode\":\"644\",\"size\":5,\"sha256\":\"" + CONTENT + "\"";

    @TempDir
    Path directory;

    @BeforeEach
    void require_the_tools() throws IOException {
        for (String tool : List.of("sh", "tar", "zstd", "sqlite3")) {
            assumeTrue(
                    Arrays.stream(System.getenv("PATH").split(":"))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))),
                    "needs the command " + tool);
        }
        Files.createDirectories(directory.resolve("in/docs"));
        Files.createDirectories(directory.resolve("in/.keepwatch"));
        Files.writeString(directory.resolve("in/docs/good"), "hello");
    }

    private static String file(String root, String path) {
        return CHANGE + "\"root\":\"" + root + "\",\"path\":\"" + path + "\"" + META + "}";
    }

    private static String base64(String path) {
        return Base64.getEncoder().encodeToString(path.getBytes(StandardCharsets.UTF_8));
    }

    private static String symlink(String path, String target) {
        return CHANGE + "\"root\":\"docs\",\"path\":\"" + path
                + "\",\"type\":\"symlink\",\"mtime\":\"1\",\"mode\":\"777\"," + "\"target\":\"" + target + "\"}";
    }

    @Test
    void nothing_is_written_outside_and_no_value_becomes_a_command() throws Exception {
        String evil = "'; touch " + directory.resolve("evil") + "; '";
        String command = "$(touch " + directory.resolve("evil") + ")`touch " + directory.resolve("evil") + "`";
        String output = restore(
                1,
                file("docs", "good"),
                file("docs", "../../evil"),
                file("..", "evil"),
                file(directory.toString(), "evil"),
                file("docs", directory.resolve("evil").toString()),
                CHANGE + "\"root\":\"docs\",\"path64\":\"" + base64("../../evil") + "\"" + META + "}",
                file("docs", evil),
                file("docs", command),
                file(evil, "x"),
                file("docs", "\\u0000" + evil),
                file("docs", "mode").replace("644", "644" + evil),
                file("docs", "time").replace("1.5", "1" + evil),
                file("docs", "owner").replace("}", ",\"uid\":\"1" + evil + "\",\"gid\":{\"a\":2}}"),
                file("docs", "type").replace("}", ",\"type\":\"fifo" + evil + "\"}"),
                file("docs", "attribute")
                        .replace("}", ",\"xattrs\":[[\"user.x" + evil + "\",\"AA" + evil + "\"],\"x\",[{}]]}"),
                symlink("away", directory.toString()),
                file("docs", "away/evil"),
                symlink("away2", directory.toString()),
                symlink("away2/evil", "x"),
                symlink("-T" + evil, "-f" + evil));
        assertThat(directory.resolve("target/docs/good")).hasContent("hello");
        assertThat(directory.resolve("target/docs/owner")).hasContent("hello");
        assertThat(output).contains("../../evil", "away2/evil");
        try (Stream<Path> names = Files.list(directory)) {
            assertThat(names.map(name -> name.getFileName().toString()))
                    .containsExactlyInAnyOrder("in", "copy", "target", "restore.sh", "output", "pack.tar");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sha256\":\"../../../../../../etc/hostname\"",
                "\"segments\":[[\"../../../../../etc/hostname\",5]]",
                "\"segments\":[[{\"a\":1},5],7,\"x\"]",
                "\"segments\":\"x\"",
                "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\""
            })
    void a_content_that_is_not_there_is_told_and_no_other_file_takes_its_place(String where) throws Exception {
        String change = CHANGE + "\"root\":\"docs\",\"path\":\"forged\",\"mtime\":\"1\",\"mode\":\"644\",\"size\":5,"
                + where + "}";
        restore(1, file("docs", "good"), change);
        assertThat(directory.resolve("target/docs/good")).hasContent("hello");
        assertThat(directory.resolve("target/docs/forged")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2]",
                "no json",
                "7",
                "{\"op\":\"put\"}",
                "{\"op\":\"burn\",\"root\":\"docs\",\"path\":\"x\"}",
                "{"
            })
    void a_line_that_is_no_change_is_counted_and_the_others_are_restored(String line) throws Exception {
        assertThat(restore(1, line, file("docs", "good"))).contains("damaged and left out: 1");
        assertThat(directory.resolve("target/docs/good")).hasContent("hello");
    }

    @Test
    void a_format_of_the_future_is_refused() throws Exception {
        assertThat(restore(2, "{\"format\":2}", file("docs", "good"))).contains("newer format");
        assertThat(directory.resolve("target/docs")).doesNotExist();
    }

    private String restore(int expected, String... lines) throws Exception {
        String header = "{\"format\":1,\"pack\":\"0/20261125T101530Z-1f2e3d4c/0000000017\",\"host\":\"web-1\"}";
        Files.write(
                directory.resolve("in/.keepwatch/0000000017.ndjson"),
                Stream.concat(Stream.of(header), Stream.of(lines)).toList());
        run(0, "tar", "--format=gnu", "-cf", "pack.tar", "-C", "in", "docs", ".keepwatch/0000000017.ndjson");
        Path packs = Files.createDirectories(directory.resolve("copy/packs/0/20261125T101530Z-1f2e3d4c"));
        run(
                0,
                "zstd",
                "-q",
                "pack.tar",
                "-o",
                packs.resolve("0000000017.tar.zst").toString());
        try (InputStream script = PackLayout.class.getResourceAsStream("restore.sh")) {
            Files.copy(script, directory.resolve("restore.sh"));
        }
        return run(expected, "sh", "restore.sh", "copy", "target");
    }

    private String run(int expected, String... command) throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(exit).as(text).isEqualTo(expected);
        return text;
    }
}
