package io.keepwatch.store;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpHeaders;

/** Tells a ledger of every attempt that goes out; the SDK calls it once for each HTTP request, not for each call. */
final class LedgerInterceptor implements ExecutionInterceptor {
    private static final String CONTENT_LENGTH = "Content-Length";

    private final RequestLedger ledger;

    LedgerInterceptor(RequestLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        ledger.sent(RequestClass.ofOperation(operation), length(context.httpRequest()));
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        if (RequestClass.ofOperation(operation) != RequestClass.HEAD) {
            ledger.received(length(context.httpResponse()));
        }
    }

    private static long length(SdkHttpHeaders headers) {
        return headers.firstMatchingHeader(CONTENT_LENGTH).map(Long::parseLong).orElse(0L);
    }
}
