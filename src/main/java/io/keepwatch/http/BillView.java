package io.keepwatch.http;

import java.time.YearMonth;
import java.util.Optional;

/** What the store was asked for. Blocks; called on a worker. */
public interface BillView {
    /** The bill of a month (UTC), or of this one, as {@code /api/v1/openapi.yaml} describes it. */
    Object bill(Optional<YearMonth> month);
}
