package io.keepwatch.store;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells a clock of the date of every answer, refusals included. */
final class ServerClockInterceptor implements ExecutionInterceptor {
    private final ServerClock clock;

    ServerClockInterceptor(ServerClock clock) {
        this.clock = clock;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        clock.answered(context.httpResponse().firstMatchingHeader("Date"));
    }
}
