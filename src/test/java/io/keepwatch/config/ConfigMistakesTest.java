package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigMistakesTest {
    private static final String TOKEN = "{name: a, hash: " + "0".repeat(64) + "}";
    private static final String RECIPIENT = "age108ygwyseath0tuhu2hgf0htmnjhvn09agtcvdrqdyx0lu3c9tgssn69c6f";
    private static final String S3 = "store:\n  s3:\n    bucket: my-backups\n";

    @TempDir
    private Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("host: \"-a\"", "1:7 host: \"-a\" is not a host name"),
                mistake(
                        "state: lib",
                        "1:8 state: \"lib\" is not an absolute path; write an absolute path, for example"),
                mistake("state: /a/../b", "1:8 state: \"a/../b\" is not a path"),
                mistake("roots: [{path: ~/x}]", "1:16 roots[0].path: \"~/x\" is not an absolute path"),
                mistake("roots: [{name: x}]", "1:9 roots[0]: the key \"path\" is missing; add path: /etc"),
                mistake("roots: [{path: /a, name: a/b}]", "1:26 roots[0].name: \"a/b\" is not a root name"),
                mistake("roots: [{path: /a, include: '*.c'}]", "1:29 roots[0].include: this needs a list"),
                mistake(
                        "roots: [{path: /a, max_size: 10G}]",
                        "1:30 roots[0].max_size: size \"10G\" can be read in two"),
                mistake(
                        "roots:\n  - path: /a\n  - path: /a/",
                        "3:11 roots[1].path: the folder /a is a root already: roots[0]"),
                mistake(
                        "roots:\n  - path: /a\n  - path: /a/b",
                        "3:11 roots[1].path: /a/b lies inside the root /a, so its files would be backed up twice"),
                mistake(
                        "roots:\n  - path: /a/b\n  - path: /a",
                        "3:11 roots[1].path: /a/b lies inside the root /a, so its files would be backed up twice"),
                mistake(
                        "roots:\n  - path: /a/b\n  - path: /a-b",
                        "3:5 roots[1].name: two roots have the name \"a-b\": roots[0] and this one"),
                mistake(
                        "roots:\n  - path: /a\n  - {path: /b, name: a}",
                        "3:22 roots[1].name: two roots have the name \"a\""),
                mistake("state: /s\nroots: [{path: /s/x}]", "2:16 roots[0].path: the root lies in the state folder /s"),
                mistake("state: /r/s\nroots: [{path: /r}]", "2:16 note: roots[0].path: the state folder /r/s lies in"),
                mistake("settle: {quiet: 1m}", "1:17 settle.quiet: quiet (1m) is not shorter than max_delay (10s)"),
                mistake(
                        "settle: {max_delay: 1s}",
                        "1:21 settle.max_delay: quiet (1s) is not shorter than max_delay (1s)"),
                mistake("reconcile: {every: 5s}", "1:20 reconcile.every: 5s is less than 1m"),
                mistake(
                        "store: {layout: mirrow}",
                        "1:17 store.layout: \"mirrow\" is not one of pack or mirror; did you mean mirror?"),
                mistake(
                        "store: {encryption: {recipients: [age1xyz]}}",
                        "1:35 store.encryption.recipients[0]: \"age1xyz\" is no age recipient"),
                mistake(
                        "store: {encryption: {recipients: [AGE-SECRET-KEY-1XYZ]}}",
                        "1:35 store.encryption.recipients[0]: this is the secret key"),
                mistake(
                        "store: {encryption: {recipients: []}}",
                        "1:34 store.encryption.recipients: this list is empty; write one at least"),
                mistake(
                        "store: {encryption: {identity: /k}}",
                        "1:21 store.encryption: the key \"recipients\" is missing"),
                mistake(
                        "store: {layout: mirror, encryption: {recipients: [" + RECIPIENT + "]}}",
                        "1:37 store.encryption: the mirror layout cannot encrypt"),
                mistake(
                        "store: {retention: {paths: [{match: ['*.log', '# logs']}]}}",
                        "1:47 store.retention.paths[0].match[1]: the pattern \"# logs\" can match nothing"),
                mistake(
                        "store: {retention: {paths: [{match: ['[a']}]}}",
                        "1:38 store.retention.paths[0].match[0]: the pattern \"[a\" can match nothing"),
                mistake(
                        "store: {retention: {paths: [{match: []}]}}",
                        "1:37 store.retention.paths[0].match: this list is empty; write one at least"),
                mistake(
                        "roots: [{path: /a, exclude: ['/']}]",
                        "1:30 roots[0].exclude[0]: the pattern \"/\" can match nothing"),
                mistake("store: {concurrency: 0}", "1:22 store.concurrency: 0 is not a whole number from 1 to 256"),
                mistake("store: {bandwidth: {limit: 1kB}}", "1:28 store.bandwidth.limit: 1kB is less than 16.0 KiB"),
                mistake(
                        "store: {bandwidth: {timezone: Europe/Amsterdm}}",
                        "1:31 store.bandwidth.timezone: \"Europe/Amsterdm\" is not a time zone; did you mean Europe/Amst"),
                mistake(timetable("days: mo"), "\"mo\" is not a day; the days are mon, tue"),
                mistake(timetable("days: sat-sun-mon"), "\"sun-mon\" is not a day"),
                mistake(
                        "store: {bandwidth: {timetable: [{from: 8am, to: '09:00', limit: 1MiB}]}}",
                        "1:40 store.bandwidth.timetable[0].from: \"8am\" is not a time of day"),
                mistake(
                        "store: {bandwidth: {timetable: [{from: '08:00', to: '24:00', limit: 1MiB}]}}",
                        "1:53 store.bandwidth.timetable[0].to: \"24:00\" is not a time of day; the end of the day is 00:00"),
                mistake(
                        "store: {bandwidth: {timetable: [{from: '08:00', to: '08:00', limit: 1MiB}]}}",
                        "the span ends when it begins"),
                mistake("store: {s3: {region: eu-west-1}}", "1:13 store.s3: the key \"bucket\" is missing"),
                mistake(
                        "store: {s3: {bucket: s3://x/y}}",
                        "1:22 store.s3.bucket: \"s3://x/y\" is not a bucket name alone"),
                mistake("store: {s3: {bucket: My_Bucket}}", "S3 allows 3 to 63 lower-case"),
                mistake("store: {s3: {bucket: 10.0.0.1}}", "is not a bucket name"),
                mistake(
                        "store: {s3: {bucket: 12345}}",
                        "holds the number 12345; put it in quotes if it is meant as text"),
                mistake(
                        S3 + "    endpoint: minio.example.net",
                        "4:15 store.s3.endpoint: \"minio.example.net\" does not begin"),
                mistake(S3 + "    endpoint: https://a:b@c", "holds a user or password"),
                mistake(S3 + "    endpoint: https://c/bucket", "holds more than scheme, host and port"),
                mistake(S3 + "    endpoint: https://a b", "this is not a URL"),
                mistake(
                        S3 + "    endpoint: http://nas:9000",
                        "4:15 note: store.s3.endpoint: files and metadata travel"),
                mistake(S3 + "    prefix: /a", "\"/a\" is not a prefix"),
                mistake(S3 + "    prefix: a/../b", "\"a/../b\" is not a prefix"),
                mistake(S3 + "    path_style: yes", "\"yes\" is not one of auto, true or false"),
                mistake(
                        S3 + "    sse: aes256",
                        "\"aes256\" is not one of none, AES256 or aws:kms; did you mean AES256?"),
                mistake(S3 + "    sse_kms_key: arn:x", "4:18 store.s3.sse_kms_key: the key has no use without sse"),
                mistake(
                        S3 + "    storage_class: GLACIER",
                        "4:20 store.s3.storage_class: objects in GLACIER cannot be read"),
                mistake(
                        S3 + "    endpoint: https://nas\n    storage_class: COLD",
                        "5:20 note: store.s3.storage_class: storage classes are a feature of AWS"),
                mistake(
                        S3 + "    endpoint: https://nas\n    sse: aws:kms",
                        "5:10 note: store.s3.sse: aws:kms is a service"),
                mistake(
                        S3 + "    object_lock: {mode: strict, days: 1}",
                        "store.s3.object_lock.mode: \"strict\" is not one of governance or compliance"),
                mistake(
                        S3 + "    object_lock: {mode: governance, days: 0}",
                        "store.s3.object_lock.days: 0 is not a whole number from 1 to 36500"),
                mistake(
                        S3 + "    checksum: when_required\n    object_lock: {mode: compliance, days: 1}",
                        "store.s3.checksum: AWS takes no object with object_lock without a checksum"),
                mistake(
                        S3 + "    credentials: {profile: a, file: /b}",
                        "4:37 store.s3.credentials.file: there is a profile and a file; keep one of the two"),
                mistake(S3 + "    credentials: {}", "4:18 store.s3.credentials: there is neither a profile nor a file"),
                mistake("store: {prices: {currency: usd}}", "\"usd\" is not a currency"),
                mistake("store: {prices: {egress_gb: -1}}", "1:29 store.prices.egress_gb: -1 is less than 0"),
                mistake("store: {prices: {egress_gb: 1e999999}}", "1e999999 has more digits than an amount can have"),
                mistake(
                        "http: {listen: '0.0.0.0:9723'}",
                        "1:16 http.listen: \"0.0.0.0\" can be reached from other machines, and nobody would have to log in, and"
                                + " tokens would travel unencrypted"),
                mistake(
                        "http: {listen: '[::]:9723', tls: {certificate: /c, key: /k}}",
                        "1:16 http.listen: \"::\" can be reached from other machines, and nobody would have to log in;"
                                + " run keepwatch token new"),
                mistake(
                        "http: {listen: '0.0.0.0:9723', tokens: [" + TOKEN + "]}",
                        "can be reached from other machines, and tokens would travel unencrypted; add tls"),
                mistake("http: {trust_proxy: true}", "1:21 http.trust_proxy: through a proxy others reach the server"),
                mistake("http: {tokens: [" + TOKEN + ", " + TOKEN + "]}", "1:16 http.tokens: two tokens have one name"),
                mistake("http: {tokens: []}", "1:16 http.tokens: "),
                mistake("http: {tokens: [{name: a, hash: ABC}]}", "http.tokens[0].hash: \"ABC\" is not a hash"),
                mistake("http: {restore_to: [srv]}", "\"srv\" is not an absolute path"),
                mistake("http: {listen: '127.0.0.1:99999'}", "is not an address and a port from 0 to 65535"),
                mistake("http: no", "1:7 http: this needs a map or off but holds the text \"no\""));
    }

    private static Arguments mistake(String text, String message) {
        return Arguments.of(text, message);
    }

    private static String timetable(String days) {
        return "store: {bandwidth: {timetable: [{" + days + ", from: '08:00', to: '18:00', limit: 2MiB}]}}";
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_shown_where_it_is(String text, String message) {
        assertThat(new ConfigFixture(folder).problem(text)).contains(message);
    }

    @Test
    void secrets_are_refused_and_not_repeated() {
        for (String place : List.of("", "credentials: ")) {
            String text = S3 + "    " + place + (place.isEmpty() ? "" : "{profile: a, ") + "secret_key: hunter2"
                    + (place.isEmpty() ? "" : "}");
            ConfigFixture fixture = new ConfigFixture(folder);
            assertThat(fixture.problem(text))
                    .contains("secret_key: secrets do not stand in this file")
                    .contains("aws_secret_access_key = ...")
                    .contains("credentials: {file: /etc/keepwatch/credentials}");
            assertThat(messageOf(fixture, text)).contains("secret_key: ...").doesNotContain("hunter2");
        }
    }

    private static String messageOf(ConfigFixture fixture, String text) {
        try {
            return fixture.load(text).notesText();
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void loopback_addresses_are_accepted() {
        for (String address : List.of("localhost:80", "127.0.0.1:0", "[::1]:9723", "127.1.2.3:1")) {
            assertThat(new ConfigFixture(folder).problems("http: {listen: \"" + address + "\"}"))
                    .isEmpty();
        }
    }
}
