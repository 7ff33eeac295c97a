package io.keepwatch.daemon;

import io.keepwatch.backup.FlushPace;
import io.keepwatch.config.BudgetConfig;
import io.keepwatch.http.Status;
import io.keepwatch.store.PriceTable;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The day or month that a budget is for, and what requests count in its unit. */
record BudgetPeriod(BudgetConfig budget, PriceTable prices, Instant now) {
    private static final List<RequestClass> COUNTED =
            List.of(RequestClass.PUT, RequestClass.COPY, RequestClass.POST, RequestClass.LIST);
    private static final int DIGITS = 4;

    private boolean isMoney() {
        return budget.perMonth().isPresent();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    LocalDate first() {
        return isMoney() ? today().withDayOfMonth(1) : today();
    }

    Duration left() {
        LocalDate next = isMoney() ? first().plusMonths(1) : first().plusDays(1);
        return Duration.between(now, next.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    BigDecimal limit() {
        return budget.perMonth()
                .orElseGet(() -> BigDecimal.valueOf(budget.putsPerDay().orElse(0)));
    }

    BigDecimal cost(RequestCounts counts) {
        return isMoney()
                ? prices.bill(counts, 0).transferred()
                : BigDecimal.valueOf(COUNTED.stream().mapToLong(counts::of).sum());
    }

    /** What a flush costs at least. */
    BigDecimal oneRequest() {
        return cost(new RequestCounts(Map.of(RequestClass.PUT, 1L), 0, 0));
    }

    Duration pause(RequestCounts used, BigDecimal perFlush) {
        return FlushPace.pause(limit(), cost(used), perFlush, left());
    }

    Status.Budget status(RequestCounts used, BigDecimal perFlush) {
        BigDecimal cost = cost(used);
        return new Status.Budget(
                isMoney() ? "month" : "day",
                isMoney() ? prices.currency() : "requests",
                limit(),
                isMoney() ? cost.setScale(DIGITS, RoundingMode.HALF_UP) : cost,
                pause(used, perFlush).toMillis() / 1000.0);
    }
}
