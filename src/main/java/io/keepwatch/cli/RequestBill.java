package io.keepwatch.cli;

import io.keepwatch.daemon.Backend;
import io.keepwatch.store.Bill;
import io.keepwatch.store.RequestCounts;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/** What a command asked of the store, told on stderr when it ends. */
final class RequestBill {
    private RequestBill() {}

    static void tell(PrintWriter err, Backend backend) {
        RequestCounts counts = backend.ledger().snapshot();
        Map<String, Long> byName = new HashMap<>();
        counts.requests().forEach((type, count) -> byName.put(type.name(), count));
        Bill bill = backend.prices().bill(counts, 0);
        err.println("requests: " + StatusText.requests(byName) + " (" + amount(bill) + " " + bill.currency() + ")");
        err.flush();
    }

    private static String amount(Bill bill) {
        return bill.transferred().setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
