package io.keepwatch.daemon;

import io.keepwatch.catalog.RequestCount;
import io.keepwatch.config.Config;
import io.keepwatch.http.Status;
import io.keepwatch.store.Bill;
import io.keepwatch.store.PriceTable;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bill of one month (UTC): requests by class, bytes read, and what keeping the newest versions costs. */
public record MonthlyCost(
        String month,
        String currency,
        Map<String, Line> requests,
        long bytesSent,
        long bytesReceived,
        BigDecimal egress,
        BigDecimal total,
        long storedBytes,
        BigDecimal storagePerMonth,
        Optional<Status.Budget> budget) {
    private static final int DIGITS = 4;

    /** So many requests, and their price. */
    public record Line(long number, BigDecimal cost) {}

    /**
     * @param storedBytes what the bucket holds, for the price of keeping it
     * @param now the budget is shown for the month that this is in, with the pause between flushes of one request
     */
    public static MonthlyCost of(
            Config config, YearMonth month, List<RequestCount> rows, long storedBytes, Instant now) {
        PriceTable prices = StoreSettings.prices(config);
        RequestCounts counts = DailyRequests.sum(rows);
        Bill bill = prices.bill(counts, storedBytes);
        Map<String, Line> lines = new TreeMap<>();
        for (RequestClass type : RequestClass.values()) {
            RequestCounts alone = new RequestCounts(Map.of(type, counts.of(type)), 0, 0);
            lines.put(
                    type.name(),
                    new Line(counts.of(type), rounded(prices.bill(alone, 0).requests())));
        }
        return new MonthlyCost(
                month.toString(),
                bill.currency(),
                lines,
                counts.bytesSent(),
                counts.bytesReceived(),
                rounded(bill.egress()),
                rounded(bill.transferred()),
                storedBytes,
                rounded(bill.storagePerMonth()),
                config.store()
                        .budget()
                        .map(budget -> new BudgetPeriod(budget, prices, now))
                        .filter(period -> YearMonth.from(period.today()).equals(month))
                        .map(period -> budget(period, rows)));
    }

    private static Status.Budget budget(BudgetPeriod period, List<RequestCount> rows) {
        List<RequestCount> counted =
                rows.stream().filter(row -> !row.day().isBefore(period.first())).toList();
        return period.status(DailyRequests.sum(counted), period.oneRequest());
    }

    private static BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(DIGITS, RoundingMode.HALF_UP);
    }
}
