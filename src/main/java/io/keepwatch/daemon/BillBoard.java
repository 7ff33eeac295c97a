package io.keepwatch.daemon;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.RequestCount;
import io.keepwatch.catalog.RootTotals;
import io.keepwatch.config.Config;
import io.keepwatch.http.BillView;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The bill of a month and its days, by what the catalog counted; the last ten seconds may be missing. */
final class BillBoard implements BillView {
    private final Config config;
    private final CatalogReader catalog;
    private final RequestReports reports;
    private final Clock clock;

    BillBoard(Config config, CatalogReader catalog, RequestReports reports, Clock clock) {
        this.config = config;
        this.catalog = catalog;
        this.reports = reports;
        this.clock = clock;
    }

    record Bill(@JsonUnwrapped MonthlyCost cost, List<Day> days) {}

    record Day(LocalDate day, Map<String, Long> requests, long bytesSent, long bytesReceived) {
        static Day of(LocalDate day, List<RequestCount> counts) {
            Map<String, Long> requests = counts.stream()
                    .collect(Collectors.toMap(
                            RequestCount::requestClass, RequestCount::requests, Long::sum, TreeMap::new));
            return new Day(
                    day,
                    requests,
                    counts.stream().mapToLong(RequestCount::bytesSent).sum(),
                    counts.stream().mapToLong(RequestCount::bytesReceived).sum());
        }
    }

    @Override
    public Object bill(Optional<YearMonth> wanted) {
        YearMonth month = wanted.orElseGet(() -> YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
        LocalDate first = month.atDay(1);
        LocalDate last = month.atEndOfMonth();
        List<RequestCount> rows = new ArrayList<>(catalog.requests(first, last));
        rows.addAll(reports.waiting(first, last));
        long storedBytes = catalog.roots().stream()
                .map(catalog::totals)
                .mapToLong(RootTotals::bytes)
                .sum();
        Map<LocalDate, List<RequestCount>> byDay =
                rows.stream().collect(Collectors.groupingBy(RequestCount::day, TreeMap::new, Collectors.toList()));
        return new Bill(
                MonthlyCost.of(config, month, rows, storedBytes, clock.instant()),
                byDay.entrySet().stream()
                        .map(entry -> Day.of(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
