package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepwatch.file.Sha256;
import io.keepwatch.file.TreeComparison;
import io.keepwatch.layout.pack.AgeIdentity;
import io.keepwatch.layout.pack.PackLayout;
import io.keepwatch.store.EmbeddedS3;
import io.keepwatch.store.S3Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every command of RESTORE.md does what it says, with the tools it names. */
class RestorePageTest extends DaemonFixture {
    private static final List<String> TOOLS = List.of("sh", "tar", "zstd", "sqlite3", "setfattr", "jq");
    private static final int LARGE_BYTES = (17 << 20) + 99;
    private static final String KEYS = "keepwatch/test";

    private Path work;

    @BeforeEach
    void makeFolder() throws IOException {
        TOOLS.forEach(tool -> assumeTrue(isThere(tool), "needs the command " + tool));
        work = Files.createDirectory(temporary.resolve("work"));
    }

    private static boolean isThere(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    /** The commands of the page, without what it says about them; those that go over two lines are one. */
    private static List<String> commands() throws IOException {
        return page().replace("; do\n ", "; do ")
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.replaceFirst(" +# .*", "").strip())
                .toList();
    }

    private static String page() throws IOException {
        try (InputStream in = PackLayout.class.getResourceAsStream("RESTORE.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The one that begins like this, with what stands in for its words in capitals. */
    private static String command(String beginning, Map<String, String> words) throws IOException {
        List<String> found =
                commands().stream().filter(line -> line.startsWith(beginning)).toList();
        assertThat(found).as(beginning).hasSize(1);
        String command = found.get(0);
        for (Map.Entry<String, String> word : words.entrySet()) {
            assertThat(command).contains(word.getKey());
            command = command.replace(word.getKey(), word.getValue());
        }
        return command;
    }

    private void backUp(String store) throws Exception {
        Files.createDirectories(watched().resolve("nginx"));
        Files.writeString(watched().resolve("hosts"), "127.0.0.1 localhost\n");
        Files.writeString(watched().resolve("nginx/nginx.conf"), "events {}\n");
        byte[] large = new byte[LARGE_BYTES];
        new Random(3).nextBytes(large);
        Files.write(watched().resolve("big"), large);
        Daemon daemon = start(config(store));
        awaitDurable(daemon);
        assertThat(daemon.maintain(false).toCompletableFuture().join().problem())
                .isEmpty();
        stop(daemon);
    }

    private void copyBucket() throws Exception {
        run(work, Map.of(), "cp -r '" + state().resolve("s3/keepwatch/" + KEYS) + "' copy");
    }

    private String run(Path folder, Map<String, String> environment, String command) throws Exception {
        Path log = temporary.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        String output = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        assertThat(exit).as("%s%n%s", command, output).isZero();
        return output;
    }

    private String run(String command) throws Exception {
        return run(work, Map.of(), command);
    }

    @Test
    void no_command_of_the_page_is_left_out_here() throws Exception {
        assertThat(commands()).hasSize(17);
    }

    @Test
    void the_script_does_what_the_page_says() throws Exception {
        backUp("{layout: pack}");
        copyBucket();
        run(command("sh copy/restore.sh copy", Map.of()));
        assertThat(TreeComparison.differences(watched(), work.resolve("target/" + ROOT)))
                .isEmpty();
        String now = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                .format(Instant.now().plusSeconds(60).atZone(ZoneId.systemDefault()));
        run(command("sh copy/restore.sh --at", Map.of("2026-11-25 10:00", now, "target", "then")));
        assertThat(work.resolve("then/" + ROOT + "/hosts")).hasContent("127.0.0.1 localhost\n");
        run(command("sh copy/restore.sh --root", Map.of("etc", ROOT, "target", "part")));
        try (Stream<Path> names = Files.list(work.resolve("part/" + ROOT))) {
            assertThat(names).containsExactly(work.resolve("part/" + ROOT + "/nginx"));
        }
        assertThat(run(command("sh copy/restore.sh --list", Map.of("target", "listed"))))
                .contains("hosts", "nginx/nginx.conf");
        assertThat(work.resolve("listed")).doesNotExist();
        assertThat(run(command("sh copy/restore.sh --help", Map.of()))).startsWith("usage: ");
    }

    @Test
    void encrypted_packs_open_by_the_script_and_by_hand() throws Exception {
        assumeTrue(isThere("age"), "needs the command age");
        AgeIdentity.Made made = AgeIdentity.make(Instant.now());
        Path identity = Files.writeString(work.resolve("key.txt"), made.file());
        backUp("{layout: pack, encryption: {recipients: [" + made.recipient() + "], identity: \"" + identity + "\"}}");
        copyBucket();
        run(command("sh copy/restore.sh --identity", Map.of()));
        assertThat(TreeComparison.differences(watched(), work.resolve("target/" + ROOT)))
                .isEmpty();
        String pack = run("find copy/packs -name '*.tar.zst.age'")
                .lines()
                .sorted()
                .findFirst()
                .orElseThrow();
        assertThat(page()).contains("`age -d -i key.txt PACK | zstd -dc | tar …-`");
        assertThat(run("age -d -i key.txt " + pack + " | zstd -dc | tar -tf -")).contains(".keepwatch/");
    }

    @Test
    void everything_comes_back_by_hand() throws Exception {
        backUp("{layout: pack}");
        copyBucket();
        Path copy = work.resolve("copy");
        List<String> packs =
                run(copy, Map.of(), command("find packs", Map.of())).lines().toList();
        assertThat(packs).isNotEmpty().allMatch(pack -> pack.endsWith(".tar.zst"));
        List<String> names = new ArrayList<>();
        for (String pack : packs) {
            names.addAll(run(copy, Map.of(), command("tar --zstd -tf", Map.of("PACK", pack)))
                    .lines()
                    .toList());
            run(copy, Map.of(), command("mkdir out", Map.of("PACK", pack)));
        }
        assertThat(names).contains(ROOT + "/hosts", ROOT + "/nginx/nginx.conf");
        run(copy, Map.of(), command("for p in", Map.of()));
        assertThat(run(copy, Map.of(), command("jq -r 'select(.op)", Map.of()))).contains("\tput\t" + ROOT + "\thosts");
        assertThat(run(copy, Map.of(), command("jq -c", Map.of("\"etc\"", "\"" + ROOT + "\"")))
                        .lines())
                .singleElement()
                .asString()
                .contains("\"path\":\"hosts\"");
        run(copy, Map.of(), command("find out", Map.of()));
        String hash =
                Sha256.hash(Files.readAllBytes(watched().resolve("hosts"))).hex();
        assertThat(run(copy, Map.of(), command("grep SHA256", Map.of("SHA256", hash))))
                .contains("out/" + ROOT + "/hosts");
        run(copy, Map.of(), "jq -c 'select(.path == \"big\")' all > LINE");
        run(copy, Map.of(), command("cat $(jq", Map.of()));
        assertThat(copy.resolve("big")).hasSameBinaryContentAs(watched().resolve("big"));
        String uid = Files.getAttribute(watched().resolve("big"), "unix:uid").toString();
        String gid = Files.getAttribute(watched().resolve("big"), "unix:gid").toString();
        String set =
                command("sha256sum big", Map.of("MTIME", "1000000000.5", "MODE", "640", "UID:GID", uid + ":" + gid));
        assertThat(run(copy, Map.of(), set))
                .startsWith(Sha256.hash(Files.readAllBytes(watched().resolve("big")))
                        .hex());
        assertThat(Files.getLastModifiedTime(copy.resolve("big")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(1_000_000_000, 500_000_000));
    }

    @Test
    void rclone_brings_the_bucket_and_the_script_restores_it() throws Exception {
        assumeTrue(isThere("rclone"), "rclone is not installed (Debian: apt-get install rclone)");
        backUp("{layout: pack}");
        try (EmbeddedS3 server = EmbeddedS3.start(state().resolve("s3"))) {
            S3Options options = server.options();
            S3Options.Credentials.Static keys = (S3Options.Credentials.Static) options.credentials();
            Map<String, String> remote = Map.of(
                    "RCLONE_CONFIG_KW_TYPE", "s3",
                    "RCLONE_CONFIG_KW_PROVIDER", "Other",
                    "RCLONE_CONFIG_KW_ENDPOINT",
                            options.endpoint().orElseThrow().toString(),
                    "RCLONE_CONFIG_KW_ACCESS_KEY_ID", keys.accessKeyId(),
                    "RCLONE_CONFIG_KW_SECRET_ACCESS_KEY", keys.secretKey());
            String place = "kw:" + options.bucket() + "/" + KEYS;
            String command = "rclone copy REMOTE:BUCKET/PREFIX/HOST copy";
            assertThat(page()).contains(command);
            run(work, remote, command.replace("REMOTE:BUCKET/PREFIX/HOST", place));
            run(command("sh copy/restore.sh copy", Map.of()));
            assertThat(TreeComparison.differences(watched(), work.resolve("target/" + ROOT)))
                    .isEmpty();
            run(work, remote, "sh copy/restore.sh " + place + " fetched");
            assertThat(TreeComparison.differences(watched(), work.resolve("fetched/" + ROOT)))
                    .isEmpty();
        }
    }

    @Test
    void aws_brings_the_bucket() throws Exception {
        assumeTrue(isThere("aws"), "aws is not installed (Debian: apt-get install awscli)");
        backUp("{layout: pack}");
        try (EmbeddedS3 server = EmbeddedS3.start(state().resolve("s3"))) {
            S3Options options = server.options();
            S3Options.Credentials.Static keys = (S3Options.Credentials.Static) options.credentials();
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL", options.endpoint().orElseThrow().toString(),
                    "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", keys.secretKey(),
                    "AWS_DEFAULT_REGION", "us-east-1");
            assumeTrue(knowsEndpointUrl(), "aws is too old to be told of another server by AWS_ENDPOINT_URL");
            run(work, environment, command("aws s3 sync", Map.of("BUCKET/PREFIX/HOST", options.bucket() + "/" + KEYS)));
            run(command("sh copy/restore.sh copy", Map.of()));
            assertThat(TreeComparison.differences(watched(), work.resolve("target/" + ROOT)))
                    .isEmpty();
        }
    }

    /** From 1.29 and 2.13 on. */
    private boolean knowsEndpointUrl() throws Exception {
        String version = run("aws --version").replaceFirst("(?s)aws-cli/(\\d+\\.\\d+)\\..*", "$1");
        int dot = version.indexOf('.');
        int major = Integer.parseInt(version.substring(0, dot));
        int minor = Integer.parseInt(version.substring(dot + 1));
        return major > 2 || (major == 2 ? minor >= 13 : minor >= 29);
    }
}
