package io.keepwatch.catalog;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Which versions are to go.
 *
 * @param now what the versions' own times are compared with
 * @param zone in which days, weeks, months and years begin
 * @param evenMost whether more than half of all files may lose the last content that is kept of them
 */
public record ExpiryRequest(RetentionRules rules, Instant now, ZoneId zone, boolean evenMost) {}
