package io.keepwatch.catalog;

import java.time.LocalDate;

/** Requests of one class sent to the store on one day, and the bytes that travelled with them. */
public record RequestCount(LocalDate day, String requestClass, long requests, long bytesSent, long bytesReceived) {}
