package io.keepwatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestLedgerTest {
    private final RequestLedger ledger = new RequestLedger();

    @Test
    void what_is_drained_is_counted_no_more_unless_it_is_put_back() {
        ledger.sent(RequestClass.PUT, 10);
        ledger.received(5);
        RequestCounts drained = ledger.drain();
        assertThat(drained).isEqualTo(new RequestCounts(Map.of(RequestClass.PUT, 1L), 10, 5));
        assertThat(ledger.snapshot()).isEqualTo(RequestCounts.NONE);
        ledger.sent(RequestClass.PUT, 1);
        ledger.restore(drained);
        assertThat(ledger.snapshot()).isEqualTo(new RequestCounts(Map.of(RequestClass.PUT, 2L), 11, 5));
    }

    @Test
    void a_bill_is_exact_to_the_last_digit() {
        RequestCounts counts = new RequestCounts(
                Map.of(RequestClass.PUT, 3L, RequestClass.GET, 1L, RequestClass.DELETE, 1_000L), 0, 1L << 30);
        Bill bill = PriceTable.AWS_US_EAST_1.bill(counts, 10L << 30);
        assertThat(bill.requests()).isEqualByComparingTo(new BigDecimal("0.0000154"));
        assertThat(bill.egress()).isEqualByComparingTo(new BigDecimal("0.09"));
        assertThat(bill.storagePerMonth()).isEqualByComparingTo(new BigDecimal("0.23"));
        assertThat(bill.transferred()).isEqualByComparingTo(new BigDecimal("0.0900154"));
    }

    @Test
    void a_part_of_a_gigabyte_is_billed_exactly() {
        Bill bill = PriceTable.AWS_US_EAST_1.bill(RequestCounts.NONE, 1);
        assertThat(bill.storagePerMonth().multiply(BigDecimal.valueOf(1L << 30)))
                .isEqualByComparingTo(new BigDecimal("0.023"));
    }
}
