package io.keepwatch.cli;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.RequestCount;
import io.keepwatch.catalog.RootTotals;
import io.keepwatch.daemon.MonthlyCost;
import io.keepwatch.daemon.RequestReports;
import io.keepwatch.unit.ByteSize;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Says what the store was asked for and what that costs. */
@Command(
        name = "cost",
        header = "Show the requests of a month and what they cost.",
        description =
                "Shows the requests of a month by class, what they cost by the configured prices, and what keeping"
                        + " the files costs each month. Asks the catalog, not the store.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  keepwatch cost",
            "  keepwatch cost --month 2026-10",
            "  keepwatch cost --json | jq .storage_per_month"
        })
final class CostCommand implements Callable<Integer> {
    @ParentCommand
    private KeepwatchCommand keepwatch;

    @Mixin
    private Output output;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "Which month (UTC). Default: this one.")
    private YearMonth month = YearMonth.now(ZoneOffset.UTC);

    @Override
    public Integer call() {
        try (StoredBackup backup = StoredBackup.open(keepwatch.load().config())) {
            CatalogReader catalog = backup.catalog();
            LocalDate first = month.atDay(1);
            long storedBytes = catalog.roots().stream()
                    .map(catalog::totals)
                    .mapToLong(RootTotals::bytes)
                    .sum();
            LocalDate last = month.atEndOfMonth();
            List<RequestCount> rows = new ArrayList<>(catalog.requests(first, last));
            rows.addAll(new RequestReports(backup.config().state()).waiting(first, last));
            MonthlyCost cost = MonthlyCost.of(backup.config(), month, rows, storedBytes, Instant.now());
            output.print(cost, () -> text(cost));
            return ExitCode.OK;
        }
    }

    private static String text(MonthlyCost cost) {
        Table table = new Table("REQUESTS", ">NUMBER", ">COST");
        cost.requests()
                .forEach((name, line) -> table.row(
                        name, String.valueOf(line.number()), line.cost().toPlainString()));
        return cost.month() + ", prices in " + cost.currency() + "\n\n" + table
                + "\nsent      " + new ByteSize(cost.bytesSent()) + "\n"
                + "read      " + new ByteSize(cost.bytesReceived()) + ": "
                + cost.egress().toPlainString() + "\n"
                + "stored    " + new ByteSize(cost.storedBytes()) + " (newest versions): "
                + cost.storagePerMonth().toPlainString() + " a month\n"
                + "total     " + cost.total().toPlainString() + " " + cost.currency()
                + " for requests and reads so far\n"
                + cost.budget()
                        .map(budget -> "budget    " + StatusText.budget(budget) + "\n")
                        .orElse("");
    }
}
