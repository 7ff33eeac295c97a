package io.keepwatch.layout.pack;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What the next maintenance makes of packs that are used so.
 *
 * @param deadPacks of which nothing is needed, and their bytes
 * @param rewrittenPacks that become {@code newPacks}, and the bytes of their frames that nobody needs
 */
public record PackSavings(long deadPacks, long deadBytes, long rewrittenPacks, long newPacks, long wastedBytes) {
    public long savedBytes() {
        return deadBytes + wastedBytes;
    }

    public static PackSavings of(Collection<PackUse> uses, Instant now, Duration keepAll) {
        List<PackUse> dead = uses.stream().filter(PackUse::isDead).toList();
        List<RewritePlan.Rewrite> plans = RewritePlan.of(uses, now, keepAll);
        return new PackSavings(
                dead.size(),
                dead.stream().mapToLong(use -> use.pack().bytes()).sum(),
                plans.stream().mapToLong(plan -> plan.old().size()).sum(),
                plans.size(),
                plans.stream()
                        .flatMap(plan -> plan.old().stream())
                        .mapToLong(use -> use.frameBytes() - use.neededBytes())
                        .sum());
    }
}
