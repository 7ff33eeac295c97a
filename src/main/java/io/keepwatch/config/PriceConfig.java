package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the store costs.
 *
 * @param storageGbMonth for 10^9 bytes kept for a month
 * @param egressGb for 10^9 bytes read
 */
public record PriceConfig(
        String currency,
        BigDecimal putPer1000,
        BigDecimal listPer1000,
        BigDecimal getPer1000,
        BigDecimal storageGbMonth,
        BigDecimal egressGb) {
    static final Key<String> CURRENCY = Key.of(
            "currency",
            Values.text("a currency", "USD", Pattern.compile("[A-Z]{3}"), "three upper-case letters"),
            "USD",
            "The currency of all prices here.");
    static final Key<BigDecimal> PUT_PER_1000 =
            Key.of("put_per_1000", Values.amount(), "0.005", "1,000 PUT, COPY or POST requests.");
    static final Key<BigDecimal> LIST_PER_1000 =
            Key.of("list_per_1000", Values.amount(), "0.005", "1,000 LIST requests.");
    static final Key<BigDecimal> GET_PER_1000 =
            Key.of("get_per_1000", Values.amount(), "0.0004", "1,000 GET or HEAD requests.");
    static final Key<BigDecimal> STORAGE_GB_MONTH =
            Key.of("storage_gb_month", Values.amount(), "0.023", "One GB (10^9 bytes) kept for a month.");
    static final Key<BigDecimal> EGRESS_GB = Key.of("egress_gb", Values.amount(), "0.09", "One GB (10^9 bytes) read.");
    static final Section<PriceConfig> SECTION = Section.of(
            List.of(CURRENCY, PUT_PER_1000, LIST_PER_1000, GET_PER_1000, STORAGE_GB_MONTH, EGRESS_GB),
            map -> Optional.of(new PriceConfig(
                    map.get(CURRENCY),
                    map.get(PUT_PER_1000),
                    map.get(LIST_PER_1000),
                    map.get(GET_PER_1000),
                    map.get(STORAGE_GB_MONTH),
                    map.get(EGRESS_GB))));
}
