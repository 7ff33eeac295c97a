package io.keepwatch.store;

import java.math.BigDecimal;

/** Exact amounts in one currency: for requests and bytes that left so far, and for what is kept, each month. */
public record Bill(String currency, BigDecimal requests, BigDecimal egress, BigDecimal storagePerMonth) {
    /** Requests and egress; storage is a rate and stands apart. */
    public BigDecimal transferred() {
        return requests.add(egress);
    }
}
