package io.keepwatch.daemon;

import io.keepwatch.backup.FlushBudget;
import io.keepwatch.config.BudgetConfig;
import io.keepwatch.http.Status;
import io.keepwatch.store.PriceTable;
import io.keepwatch.store.RequestCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Compares what was spent, by the counts of the catalog, with the configured budget. Any thread; blocks. */
final class BudgetMeter implements FlushBudget {
    private static final int DIGITS = 9;

    private final BudgetConfig budget;
    private final PriceTable prices;
    private final RequestTotals totals;
    private final Clock clock;
    private final AtomicLong flushes = new AtomicLong();

    BudgetMeter(BudgetConfig budget, PriceTable prices, RequestTotals totals, Clock clock) {
        this.budget = budget;
        this.prices = prices;
        this.totals = totals;
        this.clock = clock;
    }

    @Override
    public Duration pause() {
        BudgetPeriod period = period();
        return period.pause(used(period), perFlush(period));
    }

    @Override
    public void flushed() {
        flushes.incrementAndGet();
    }

    Status.Budget status() {
        BudgetPeriod period = period();
        return period.status(used(period), perFlush(period));
    }

    private BudgetPeriod period() {
        return new BudgetPeriod(budget, prices, clock.instant());
    }

    private RequestCounts used(BudgetPeriod period) {
        return totals.between(period.first(), period.today());
    }

    /** The mean since the start: one request in the pack layout, one for each file in the mirror. */
    private BigDecimal perFlush(BudgetPeriod period) {
        BigDecimal mean = period.cost(totals.sinceStart())
                .divide(BigDecimal.valueOf(Math.max(1, flushes.get())), DIGITS, RoundingMode.UP);
        return mean.max(period.oneRequest());
    }
}
