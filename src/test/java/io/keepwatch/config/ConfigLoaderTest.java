package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.unit.ByteSize;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final HttpConfig HTTP =
            new HttpConfig("127.0.0.1", 9723, List.of(), Optional.empty(), false, List.of(), List.of());

    @TempDir
    private Path folder;

    private ConfigFixture fixture = new ConfigFixture(Path.of("/"));

    @BeforeEach
    void setUp() {
        fixture = new ConfigFixture(folder);
    }

    @Test
    void an_empty_file_is_all_defaults() {
        Config config = fixture.load("# nothing yet\n").config();
        assertThat(config.host()).isEqualTo("web-1");
        assertThat(config.roots()).isEmpty();
        assertThat(config.settle()).isEqualTo(new SettleConfig(Duration.ofSeconds(1), Duration.ofSeconds(10)));
        assertThat(config.reconcileEvery()).isEqualTo(Duration.ofHours(6));
        assertThat(config.http()).hasValue(HTTP);
        assertThat(config.store().s3()).isEmpty();
        assertThat(config.store().keepDeleted()).isEqualTo(Duration.ofDays(30));
        assertThat(config.store().concurrency()).isEqualTo(16);
        assertThat(config.store().bandwidth())
                .isEqualTo(new BandwidthConfig(Optional.empty(), List.of(), ZoneId.systemDefault()));
        assertThat(config.store().prices().getPer1000()).isEqualTo(new BigDecimal("0.0004"));
    }

    @Test
    void every_option_is_read() {
        Config config = fixture.load("""
                        host: db-2
                        state: /srv/state
                        roots:
                          - path: /etc/
                            name: system
                            include: ["*.conf"]
                            exclude: ["*.swp", node_modules/]
                            exclude_caches: false
                            max_size: 10GiB
                            one_file_system: false
                            sqlite: off
                          - path: /srv/www
                        settle: {quiet: 250ms, max_delay: 1m}
                        reconcile: {every: 1h}
                        store:
                          layout: mirror
                          keep_deleted: 7d
                          concurrency: 4
                          bandwidth:
                            limit: 10MiB
                            timetable: [{days: fri-mon, from: "22:00", to: "06:30", limit: 2MiB}]
                            timezone: Europe/Amsterdam
                          budget: {puts_per_day: 2000}
                          s3:
                            bucket: my-backups
                            region: eu-central-1
                            endpoint: https://minio.example.net:9000
                            prefix: a/b
                            path_style: true
                            credentials: {file: /etc/keepwatch/credentials}
                            sse: AES256
                            object_lock: {mode: governance, days: 30}
                            checksum: when_required
                          prices: {currency: EUR, put_per_1000: 1, list_per_1000: 2, get_per_1000: 3,
                            storage_gb_month: 4, egress_gb: 5.5}
                        probes: off
                        http: off
                        """).config();
        assertThat(config)
                .isEqualTo(new Config(
                        config.file(),
                        "db-2",
                        Path.of("/srv/state"),
                        List.of(
                                new RootConfig(
                                        Path.of("/etc"),
                                        "system",
                                        List.of("*.conf"),
                                        List.of("*.swp", "node_modules/"),
                                        false,
                                        Optional.of(ByteSize.parse("10GiB")),
                                        false,
                                        RootConfig.Sqlite.OFF),
                                new RootConfig(
                                        Path.of("/srv/www"),
                                        "srv-www",
                                        List.of(),
                                        List.of(),
                                        true,
                                        Optional.empty(),
                                        true,
                                        RootConfig.Sqlite.COPY)),
                        new SettleConfig(Duration.ofMillis(250), Duration.ofMinutes(1)),
                        Duration.ofHours(1),
                        new StoreConfig(
                                StoreConfig.Layout.MIRROR,
                                Duration.ofDays(7),
                                RetentionConfig.unchanged(),
                                Optional.of(Duration.ofDays(1)),
                                Optional.empty(),
                                4,
                                new BandwidthConfig(
                                        Optional.of(ByteSize.parse("10MiB")),
                                        List.of(new TimetableEntry(
                                                EnumSet.of(
                                                        DayOfWeek.FRIDAY,
                                                        DayOfWeek.SATURDAY,
                                                        DayOfWeek.SUNDAY,
                                                        DayOfWeek.MONDAY),
                                                LocalTime.of(22, 0),
                                                LocalTime.of(6, 30),
                                                ByteSize.parse("2MiB"))),
                                        ZoneId.of("Europe/Amsterdam")),
                                Optional.of(new BudgetConfig(Optional.of(2000), Optional.empty())),
                                Optional.of(new S3Config(
                                        "my-backups",
                                        Optional.of("eu-central-1"),
                                        Optional.of(URI.create("https://minio.example.net:9000")),
                                        "a/b",
                                        S3Config.PathStyle.TRUE,
                                        Optional.of(new CredentialsConfig(
                                                Optional.empty(), Optional.of(Path.of("/etc/keepwatch/credentials")))),
                                        S3Config.Sse.AES256,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(new ObjectLockConfig(ObjectLockConfig.Mode.GOVERNANCE, 30)),
                                        S3Config.Checksum.WHEN_REQUIRED)),
                                Optional.empty(),
                                new PriceConfig(
                                        "EUR",
                                        new BigDecimal("1"),
                                        new BigDecimal("2"),
                                        new BigDecimal("3"),
                                        new BigDecimal("4"),
                                        new BigDecimal("5.5"))),
                        new ProbesConfig(Map.of()),
                        Optional.empty(),
                        RulesConfig.nothing(config.rules().folder())));
    }

    @Test
    void a_section_whose_keys_are_all_comments_is_all_defaults() {
        assertThat(fixture.load("settle:\n  #quiet: 1s\nhttp:\n")
                        .config()
                        .settle()
                        .quiet())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_server_that_others_reach_needs_tokens_and_tls_or_a_proxy() {
        String token = "tokens: [{name: admin, hash: " + "a".repeat(64) + ", role: operate}]";
        HttpConfig http = fixture.load("http: {listen: '0.0.0.0:443', names: [k.example.net], restore_to: [/srv/r], "
                        + token + ", tls: {certificate: /c.pem, key: /k.pem}}")
                .config()
                .http()
                .orElseThrow();
        assertThat(http)
                .isEqualTo(new HttpConfig(
                        "0.0.0.0",
                        443,
                        List.of("k.example.net"),
                        Optional.of(new TlsConfig(Path.of("/c.pem"), Path.of("/k.pem"))),
                        false,
                        List.of(new TokenConfig("admin", "a".repeat(64), TokenConfig.Role.OPERATE)),
                        List.of(Path.of("/srv/r"))));
        assertThat(http.isLoopback()).isFalse();
        assertThat(fixture.problems("http: {listen: '[::]:80', trust_proxy: true, " + token + "}"))
                .isEmpty();
    }

    @Test
    void all_mistakes_are_reported_at_once_and_in_order() {
        assertThat(fixture.problems("""
                        hots: web-1
                        roots:
                          - name: etc
                          - path: srv
                        store:
                          s3: {bucket: My_Bucket}
                        http: {listen: "0.0.0.0:80"}
                        """))
                .extracting(problem -> problem.position().line())
                .containsExactly(1, 3, 4, 6, 7);
    }

    @Test
    void the_message_shows_the_line_its_neighbours_and_a_caret() {
        assertThatThrownBy(() -> fixture.load("settle:\n  quiet: 5 sec\n  max_delay: 10s\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(fixture.file() + """
                        :2:10 settle.quiet: duration "5 sec" needs numbers with units ms, s, m, h, d or w; for example 10s or 1h30m
                          1 | settle:
                          2 |   quiet: 5 sec
                            |          ^
                          3 |   max_delay: 10s
                          write a duration, for example 1s
                        """);
    }

    @Test
    void a_missing_file_points_to_init() {
        assertThatThrownBy(() -> new ConfigLoader(ConfigFixture.MACHINE).load(folder.resolve("none.yml")))
                .hasMessageContaining("none.yml there is no such file")
                .hasMessageContaining("keepwatch init --config " + folder.resolve("none.yml"));
    }

    @Test
    void a_folder_instead_of_a_file_is_refused() {
        assertThatThrownBy(() -> new ConfigLoader(ConfigFixture.MACHINE).load(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_file_that_others_may_write_is_refused() throws IOException {
        fixture.load("host: a\n");
        for (String mode : List.of("rw-rw----", "rw----rw-")) {
            Files.setPosixFilePermissions(fixture.file(), PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> new ConfigLoader(ConfigFixture.MACHINE).load(fixture.file()))
                    .hasMessageContaining("other users may write this file")
                    .hasMessageContaining("chmod go-w " + fixture.file());
        }
    }

    @Test
    void a_file_of_another_user_is_refused() throws IOException {
        fixture.load("host: a\n");
        Object owner = Files.getAttribute(fixture.file(), "unix:uid");
        Machine other = new Machine(Map.of(), folder, 4711, "web-1");
        if (owner.equals(0)) {
            assertThat(new ConfigLoader(other).load(fixture.file()).config().host())
                    .isEqualTo("a");
            Files.setAttribute(fixture.file(), "unix:uid", 1234);
        }
        assertThatThrownBy(() -> new ConfigLoader(other).load(fixture.file()))
                .hasMessageContaining("not to root or to user 4711")
                .hasMessageContaining("run chown 4711");
    }

    @Test
    void the_state_folder_depends_on_the_user() {
        assertThat(new Machine(Map.of(), Path.of("/home/ada"), 0, "a").stateFolder())
                .isEqualTo(Path.of("/var/lib/keepwatch"));
        assertThat(new Machine(Map.of(), Path.of("/home/ada"), 5, "a").stateFolder())
                .isEqualTo(Path.of("/home/ada/.local/state/keepwatch"));
        assertThat(new Machine(Map.of("XDG_STATE_HOME", "/s"), Path.of("/home/ada"), 5, "a").stateFolder())
                .isEqualTo(Path.of("/s/keepwatch"));
    }

    @Test
    void a_host_name_that_no_key_can_hold_asks_for_one() throws IOException {
        fixture.load("http: off\n");
        Machine odd = new Machine(Map.of(), folder, ConfigFixture.MACHINE.uid(), "my machine");
        assertThatThrownBy(() -> new ConfigLoader(odd).load(fixture.file())).hasMessageContaining("\"my machine\"");
    }
}
