package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.Catalog;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.S3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSettingsTest {
    @TempDir
    private Path home;

    private Config config(String text) throws IOException {
        Path file = Files.writeString(home.resolve("keepwatch.yml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    @Test
    void every_setting_of_the_store_arrives() throws IOException {
        S3Options options = StoreSettings.s3(config("""
                store:
                  s3:
                    endpoint: https://s3.example.net:9000
                    bucket: backups
                    region: eu-central-1
                    prefix: kw
                    path_style: true
                    checksum: when_required
                    sse: aws:kms
                    sse_kms_key: alias/backup
                    storage_class: STANDARD_IA
                    credentials: {file: /etc/keepwatch/credentials}
                """));
        assertThat(options.endpoint()).hasToString("Optional[https://s3.example.net:9000]");
        assertThat(options.bucket()).isEqualTo("backups");
        assertThat(options.prefix()).isEqualTo("kw");
        assertThat(options.pathStyle()).isEqualTo(S3Options.PathStyle.ALWAYS);
        assertThat(options.toString())
                .contains("WHEN_REQUIRED", "alias/backup", "STANDARD_IA", "/etc/keepwatch/credentials", "eu-central-1");
    }

    @Test
    void without_a_limit_uploads_are_not_slowed() throws IOException {
        assertThat(StoreSettings.uploads(config("host: a\n"))).isEmpty();
        assertThat(StoreSettings.uploads(config("store: {bandwidth: {limit: 5MiB}}\n")))
                .isPresent();
    }

    @Test
    void the_write_price_holds_for_copies_and_the_read_price_for_heads() throws IOException {
        var prices = StoreSettings.prices(config("store: {prices: {put_per_1000: 7, get_per_1000: 3}}\n"))
                .perThousandRequests();
        assertThat(prices.get(RequestClass.COPY)).isEqualByComparingTo("7");
        assertThat(prices.get(RequestClass.POST)).isEqualByComparingTo("7");
        assertThat(prices.get(RequestClass.HEAD)).isEqualByComparingTo("3");
        assertThat(prices).doesNotContainKey(RequestClass.DELETE);
    }

    @Test
    void without_a_bucket_the_backup_goes_to_a_folder_of_the_state() throws IOException {
        Path state = home.resolve("state");
        try (Catalog catalog = Catalog.open(state);
                Backend backend = Backend.writing(config("state: \"" + state + "\"\n"), catalog, Clock.systemUTC())) {
            assertThat(backend.location()).isEqualTo(state.resolve("s3").toString());
            assertThat(backend.layout().name()).isEqualTo("pack");
            assertThat(backend.ledger().snapshot().total())
                    .as("requests made by opening")
                    .isZero();
        }
    }

    @Test
    void the_place_in_a_bucket_is_said_as_people_say_it() throws IOException {
        Config config = config("store: {s3: {bucket: backups, prefix: kw, endpoint: \"https://s3.example.net\"}}\n");
        try (Catalog catalog = Catalog.open(home.resolve("state"));
                Backend backend = Backend.reading(config, catalog.reader(), Clock.systemUTC())) {
            assertThat(backend.location()).isEqualTo("s3://backups/kw at https://s3.example.net");
        }
    }
}
