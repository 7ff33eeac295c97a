package io.keepwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.catalog.RequestCount;
import io.keepwatch.config.Config;
import io.keepwatch.config.ConfigLoader;
import io.keepwatch.config.Machine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthlyCostTest {
    @TempDir
    private Path home;

    private Config config(String text) throws IOException {
        Path file = Files.writeString(home.resolve("keepwatch.yml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new ConfigLoader(Machine.current()).load(file).config();
    }

    private static MonthlyCost.Line line(long number, String cost) {
        return new MonthlyCost.Line(number, new BigDecimal(cost));
    }

    @Test
    void the_prices_of_the_configuration_make_the_bill() throws IOException {
        Config config = config("""
                store:
                  prices:
                    currency: EUR
                    put_per_1000: 5
                    get_per_1000: 1
                    list_per_1000: 10
                    storage_gb_month: 0.5
                    egress_gb: 2
                """);
        LocalDate day = LocalDate.of(2026, 11, 3);
        List<RequestCount> rows = List.of(
                new RequestCount(day, "PUT", 100, 4096, 0),
                new RequestCount(day.plusDays(1), "PUT", 100, 0, 0),
                new RequestCount(day, "GET", 500, 0, 1L << 30),
                new RequestCount(day, "LIST", 10, 0, 0));
        MonthlyCost cost = MonthlyCost.of(config, YearMonth.of(2026, 11), rows, 3L << 30, Instant.EPOCH);
        assertThat(cost.currency()).isEqualTo("EUR");
        assertThat(cost.requests())
                .containsEntry("PUT", line(200, "1.0000"))
                .containsEntry("GET", line(500, "0.5000"))
                .containsEntry("LIST", line(10, "0.1000"))
                .containsEntry("DELETE", line(0, "0.0000"));
        assertThat(cost.egress()).isEqualByComparingTo("2");
        assertThat(cost.total()).isEqualByComparingTo("3.6");
        assertThat(cost.storagePerMonth()).isEqualByComparingTo("1.5");
        assertThat(cost.bytesSent()).isEqualTo(4096);
    }
}
