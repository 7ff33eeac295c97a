package io.keepwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.store.PriceTable;
import io.keepwatch.store.RequestClass;
import io.keepwatch.store.RequestCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BilledStoreTest {
    private static String text(RequestClass type, long number) {
        RequestCounts counts = new RequestCounts(Map.of(type, number), 0, 0);
        return BilledStore.text(counts, PriceTable.AWS_US_EAST_1.bill(counts, 0));
    }

    @Test
    void a_price_too_small_for_four_digits_is_not_nothing() {
        assertThat(text(RequestClass.GET, 1)).isEqualTo("1 GET (less than 0.0001 USD)");
        assertThat(text(RequestClass.PUT, 1000)).isEqualTo("1000 PUT (0.0050 USD)");
        assertThat(text(RequestClass.DELETE, 9)).isEqualTo("9 DELETE (0.0000 USD)");
    }
}
