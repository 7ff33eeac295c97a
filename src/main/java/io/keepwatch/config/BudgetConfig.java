package io.keepwatch.config;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import io.keepwatch.config.yaml.Values;
import io.keepwatch.config.yaml.YamlMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What uploads may cost; exactly one of the two is present. Days and months are those of UTC. */
public record BudgetConfig(Optional<Integer> putsPerDay, Optional<BigDecimal> perMonth) {
    static final Key<Integer> PUTS_PER_DAY = Key.optional(
            "puts_per_day",
            Values.integer(24, 1_000_000_000),
            "no limit",
            "PUT, COPY, POST and LIST requests a day (UTC).");
    static final Key<BigDecimal> PER_MONTH = Key.optional(
            "per_month",
            Values.amount(),
            "no limit",
            "What requests and reads may cost a month (UTC), in the currency of `store.prices`.");
    static final Section<BudgetConfig> SECTION = Section.of(List.of(PUTS_PER_DAY, PER_MONTH), BudgetConfig::read);

    private static Optional<BudgetConfig> read(YamlMap map) {
        if (map.has(PUTS_PER_DAY) == map.has(PER_MONTH)) {
            map.error(
                    map.has(PER_MONTH) ? PER_MONTH : PUTS_PER_DAY,
                    "a budget is either a number of requests or an amount of money",
                    "write one of puts_per_day and per_month");
            return Optional.empty();
        }
        Optional<BigDecimal> perMonth = map.find(PER_MONTH);
        if (perMonth.filter(amount -> amount.signum() == 0).isPresent()) {
            map.error(PER_MONTH, "nothing can be stored for nothing", "write an amount, for example 5.00");
            return Optional.empty();
        }
        Optional<Integer> putsPerDay = map.find(PUTS_PER_DAY);
        return putsPerDay.isPresent() == perMonth.isPresent()
                ? Optional.empty()
                : Optional.of(new BudgetConfig(putsPerDay, perMonth));
    }
}
