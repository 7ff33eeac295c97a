package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import io.keepwatch.file.RawPath;
import io.keepwatch.file.TreeComparison;
import io.keepwatch.layout.pack.AgeIdentity;
import io.keepwatch.layout.pack.PackLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lies in the bucket is restored whole by the script that lies beside it, with the tools of a Linux distribution. */
class RestoreScriptTest extends DaemonFixture {
    private static final List<String> TOOLS =
            List.of("sh", "tar", "zstd", "sqlite3", "setfattr", "setfacl", "mkfifo", "truncate", "cp");
    private static final int LARGE_BYTES = (17 << 20) + 12_345;

    @BeforeEach
    void require_the_tools() {
        TOOLS.forEach(RestoreScriptTest::require);
    }

    private static void require(String tool) {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))),
                "needs the command " + tool);
    }

    @Test
    void a_plain_backup_comes_back_whole_for_now_and_for_then() throws Exception {
        assertRestores(backUpTwoStates(config("{layout: pack}")), List.of());
    }

    @Test
    void an_encrypted_backup_comes_back_whole_for_now_and_for_then() throws Exception {
        require("age");
        AgeIdentity.Made made = AgeIdentity.make(Instant.now());
        Path identity = Files.writeString(temporary.resolve("identity.txt"), made.file());
        String recipients = "recipients: [" + made.recipient() + "]";
        Then then = backUpTwoStates(
                config("{layout: pack, encryption: {" + recipients + ", identity: \"" + identity + "\"}}"));
        assertRestores(then, List.of("--identity", identity.toString()));
        assertRestoresExactly();
        String without = run(2, script(temporary.resolve("copy"), List.of(), temporary.resolve("refused")));
        assertThat(without).contains("--identity");
    }

    @Test
    void what_is_missing_or_damaged_is_named_and_the_rest_comes_back() throws Exception {
        write("good", "good");
        Daemon daemon = start(config("{layout: pack}"));
        awaitDurable(daemon);
        write("lost", "lost");
        awaitDurable(daemon);
        Path copy = state().resolve("s3/keepwatch/keepwatch/test");
        stop(daemon);
        Path script = Files.writeString(temporary.resolve("restore.sh"), script());
        Path damaged = packWith(copy, "lost");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[20] ^= 1;
        Files.write(damaged, bytes);
        Path target = temporary.resolve("target");
        String output = run(1, List.of("sh", script.toString(), copy.toString(), target.toString()));
        assertThat(output).contains(copy.relativize(damaged) + "\" is damaged");
        assertThat(target.resolve(ROOT + "/good")).hasContent("good");
        assertThat(target.resolve(ROOT + "/lost")).doesNotExist();
    }

    /** Where a state of the tree was copied to, and when. */
    private record Then(Path copy, Instant time) {}

    private void assertRestores(Then then, List<String> options) throws Exception {
        Path copy = bucketAfterGrace();
        Path now = temporary.resolve("now");
        run(0, script(copy, options, now));
        assertThat(TreeComparison.differences(watched(), now.resolve(ROOT))).isEmpty();

        Path earlier = temporary.resolve("earlier");
        List<String> at = new ArrayList<>(options);
        at.addAll(List.of("--at", then.time().toString(), "--root", ROOT));
        run(0, script(copy, at, earlier));
        assertThat(TreeComparison.differences(then.copy(), earlier.resolve(ROOT)))
                .isEmpty();

        Path part = temporary.resolve("part");
        List<String> prefix = new ArrayList<>(options);
        prefix.addAll(List.of("--path", "swap"));
        run(0, script(copy, prefix, part));
        assertThat(TreeComparison.differences(watched().resolve("swap"), part.resolve(ROOT + "/swap")))
                .isEmpty();
        try (Stream<Path> names = Files.list(part.resolve(ROOT))) {
            assertThat(names).hasSize(1);
        }
    }

    private List<String> script(Path copy, List<String> options, Path target) {
        List<String> command =
                new ArrayList<>(List.of("sh", copy.resolve("restore.sh").toString()));
        command.addAll(options);
        command.addAll(List.of(copy.toString(), target.toString()));
        return command;
    }

    private static String script() throws IOException {
        try (InputStream in = PackLayout.class.getResourceAsStream("restore.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The pack in whose archive this name is. */
    private Path packWith(Path copy, String name) throws Exception {
        try (Stream<Path> packs = Files.walk(copy.resolve("packs"))) {
            for (Path pack : packs.filter(Files::isRegularFile).toList()) {
                if (run(0, List.of("tar", "--zstd", "-tf", pack.toString()))
                        .lines()
                        .anyMatch(line -> line.equals(ROOT + "/" + name))) {
                    return pack;
                }
            }
        }
        throw new AssertionError(name + " is in no pack");
    }

    /** The second state needs contents of packs that were merged since, and has lost what the first one had. */
    private Then backUpTwoStates(Config config) throws Exception {
        makeFirstState();
        Daemon daemon = start(config);
        awaitDurable(daemon);
        Then then = new Then(temporary.resolve("first"), Instant.now());
        run(0, List.of("cp", "-a", watched().toString(), then.copy().toString()));
        makeSecondState();
        awaitDurable(daemon);
        for (int i = 0; i < 7; i++) {
            Files.writeString(watched().resolve("flush"), "flush " + i);
            awaitDurable(daemon);
        }
        stop(daemon);
        try (Catalog catalog = Catalog.open(state());
                Backend backend = Backend.writing(config, catalog, Clock.systemUTC())) {
            backend.layout()
                    .maintain(Instant.now().plus(Duration.ofDays(2)))
                    .toCompletableFuture()
                    .join();
            assertThat(new CatalogPackIndex(catalog).stored())
                    .anyMatch(pack -> pack.name().level() > 0);
        }
        return then;
    }

    /** A copy of the bucket without the packs that are condemned, as it is when their grace period is over. */
    private Path bucketAfterGrace() throws Exception {
        Path copy = temporary.resolve("copy");
        run(
                0,
                List.of(
                        "cp",
                        "-r",
                        state().resolve("s3/keepwatch/keepwatch/test").toString(),
                        copy.toString()));
        try (Catalog catalog = Catalog.open(state());
                Stream<Path> files = Files.walk(copy.resolve("packs"))) {
            List<String> stored = new CatalogPackIndex(catalog)
                    .stored().stream().map(pack -> pack.name().text()).toList();
            int removed = 0;
            for (Path pack : files.filter(Files::isRegularFile).toList()) {
                String name = copy.resolve("packs").relativize(pack).toString();
                if (!stored.contains(name.substring(0, name.indexOf(".tar")))) {
                    Files.delete(pack);
                    removed++;
                }
            }
            assertThat(removed).isGreaterThan(15);
        }
        return copy;
    }

    private void makeFirstState() throws Exception {
        Path top = watched();
        Files.createDirectories(top.resolve("empty folder"));
        write("a/hello.txt", "hello\n");
        write("a/empty", "");
        write("d/f/d", "names that restore.sh uses itself\n");
        write("f", "a file\n");
        write("swap", "a file that becomes a folder\n");
        write("gone", "deleted later\n");
        write("moved", "renamed later\n");
        write("-rf", "leading dash");
        write("two\nlines", "newline");
        write("it's \"$(touch owned)\" `id` \\ * ? [a] ", "quotes");
        write("Grüße/日本", "UTF-8");
        write("n".repeat(255), "longest name");
        write(("deep" + "p".repeat(200) + "/").repeat(6) + "file", "a path over 1,000 bytes");
        raw(new byte[] {'x', (byte) 0xFF, (byte) 0xC3, '\'', '\n', 1, 'y'}, "no UTF-8");
        raw(new byte[] {(byte) 0xE9, '\n'}, "ends with a newline");
        byte[] large = new byte[LARGE_BYTES];
        new Random(7).nextBytes(large);
        Files.write(top.resolve("large"), large);
        run(0, List.of("truncate", "-s", "20M", top.resolve("sparse").toString()));
        Files.writeString(top.resolve("sparse"), "at the end", StandardOpenOption.APPEND);
        Files.createLink(top.resolve("a/linked"), top.resolve("a/hello.txt"));
        Files.createSymbolicLink(top.resolve("link"), Path.of("a/it's\nnot there"));
        Files.createSymbolicLink(top.resolve("folder link"), Path.of("a"));
        run(0, List.of("mkfifo", "-m", "640", top.resolve("fifo").toString()));
        run(
                0,
                List.of(
                        "setfattr",
                        "-n",
                        "user.note",
                        "-v",
                        "0s//4AJw==",
                        top.resolve("a/hello.txt").toString()));
        run(
                0,
                List.of(
                        "setfattr",
                        "-n",
                        "user.it's",
                        "-v",
                        "on a folder",
                        top.resolve("a").toString()));
        run(0, List.of("setfacl", "-m", "u:12:rw,g:34:r", top.resolve("f").toString()));
        run(
                0,
                List.of(
                        "setfacl",
                        "-d",
                        "-m",
                        "u:12:rwx",
                        top.resolve("empty folder").toString()));
        Files.setAttribute(top.resolve("a/empty"), "unix:mode", 04751);
        Files.setAttribute(top.resolve("d"), "unix:mode", 01770);
        Files.setLastModifiedTime(top.resolve("f"), FileTime.from(Instant.ofEpochSecond(-5, 123_456_789)));
        Files.setLastModifiedTime(top.resolve("d"), FileTime.from(Instant.ofEpochSecond(1_000_000_000, 7)));
        if (isRoot()) {
            // Where a container forbids devices, there is none.
            new ProcessBuilder("mknod", top.resolve("device").toString(), "c", "300", "70000")
                    .start()
                    .waitFor();
            Files.setAttribute(top.resolve("moved"), "unix:uid", 1234);
            Files.setAttribute(top.resolve("moved"), "unix:gid", (int) 4_000_000_000L);
        }
    }

    private void makeSecondState() throws Exception {
        Path top = watched();
        Files.delete(top.resolve("swap"));
        write("swap/inside", "a folder now\n");
        write("swap/two\nlines", "\n");
        Files.delete(top.resolve("gone"));
        Files.move(top.resolve("moved"), top.resolve("a/came here"));
        Files.move(top.resolve("Grüße"), top.resolve("Moved folder"));
        Files.delete(top.resolve("link"));
        Files.createSymbolicLink(top.resolve("link"), Path.of("/etc/passwd"));
        Files.delete(top.resolve("a/hello.txt"));
        Files.createLink(top.resolve("third name"), top.resolve("a/linked"));
        Files.setAttribute(top.resolve("f"), "unix:mode", 0600);
        write("copy of it", "no UTF-8");
        try (var file = Files.newByteChannel(top.resolve("large"), StandardOpenOption.WRITE)) {
            file.position(3_000_000).write(java.nio.ByteBuffer.wrap(new byte[1_000_000]));
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = RawPath.of(path).under(watched());
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void raw(byte[] name, String text) throws IOException {
        Files.writeString(RawPath.of(name).under(watched()), text);
    }

    private String run(int expected, List<String> command) throws Exception {
        Path log = temporary.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = process.waitFor();
        String output = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        assertThat(exit).as("%s%n%s", command, output).isEqualTo(expected);
        return output;
    }
}
