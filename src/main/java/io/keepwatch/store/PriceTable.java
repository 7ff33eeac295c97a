package io.keepwatch.store;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a store asks for: for 1,000 requests of a class, for a GB kept a month, for a GB that leaves. A GB is 2^30 bytes,
 * as AWS counts. A class that is not named is free.
 */
public record PriceTable(
        String currency,
        Map<RequestClass, BigDecimal> perThousandRequests,
        BigDecimal perGbMonth,
        BigDecimal perGbEgress) {
    /**
     * S3 Standard in us-east-1, first price step, as listed on https://aws.amazon.com/s3/pricing/: 0.005 for 1,000 PUT,
     * COPY, POST and LIST requests, 0.0004 for 1,000 others, DELETE free, 0.023 a GB-month, 0.09 a GB to the internet
     * (the free 100 GB a month are not taken off).
     */
    public static final PriceTable AWS_US_EAST_1 = new PriceTable(
            "USD",
            Map.of(
                    RequestClass.PUT, new BigDecimal("0.005"),
                    RequestClass.COPY, new BigDecimal("0.005"),
                    RequestClass.POST, new BigDecimal("0.005"),
                    RequestClass.LIST, new BigDecimal("0.005"),
                    RequestClass.GET, new BigDecimal("0.0004"),
                    RequestClass.HEAD, new BigDecimal("0.0004")),
            new BigDecimal("0.023"),
            new BigDecimal("0.09"));

    private static final BigDecimal GB = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    public PriceTable {
        perThousandRequests = Map.copyOf(perThousandRequests);
    }

    /** What these requests cost once, and what the stored bytes cost each month. */
    public Bill bill(RequestCounts counts, long storedBytes) {
        BigDecimal requests = counts.requests().entrySet().stream()
                .map(entry -> perThousandRequests
                        .getOrDefault(entry.getKey(), BigDecimal.ZERO)
                        .multiply(BigDecimal.valueOf(entry.getValue()))
                        .divide(THOUSAND))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Bill(
                currency,
                requests,
                perGbEgress.multiply(gigabytes(counts.bytesReceived())),
                perGbMonth.multiply(gigabytes(storedBytes)));
    }

    /** Exact: 2^30 divides any whole number with a finite number of digits. */
    private static BigDecimal gigabytes(long bytes) {
        return BigDecimal.valueOf(bytes).divide(GB);
    }
}
