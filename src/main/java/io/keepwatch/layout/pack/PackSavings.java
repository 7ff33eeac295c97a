package io.keepwatch.layout.pack;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the next maintenance makes of packs that are used so.
 *
 * @param deadPacks of which nothing is needed, and their bytes
 * @param rewrittenPacks that become {@code newPacks}, and the bytes of their frames that nobody needs
 * @param extendedLocks of packs that stay as they are
 */
public record PackSavings(
        long deadPacks, long deadBytes, long rewrittenPacks, long newPacks, long wastedBytes, long extendedLocks) {
    public long savedBytes() {
        return deadBytes + wastedBytes;
    }

    public static PackSavings of(
            Collection<PackUse> uses, Instant now, Duration keepAll, Optional<Duration> objectLock) {
        List<PackUse> dead = uses.stream().filter(PackUse::isDead).toList();
        List<RewritePlan.Rewrite> plans = RewritePlan.of(uses, now, keepAll);
        Set<PackUse> rewritten =
                plans.stream().flatMap(plan -> plan.old().stream()).collect(Collectors.toSet());
        return new PackSavings(
                dead.size(),
                dead.stream().mapToLong(use -> use.pack().bytes()).sum(),
                rewritten.size(),
                plans.size(),
                rewritten.stream()
                        .mapToLong(use -> use.frameBytes() - use.neededBytes())
                        .sum(),
                objectLock
                        .map(length -> uses.stream()
                                .filter(use -> !use.isDead() && !rewritten.contains(use))
                                .filter(use -> PackLocks.isDue(use.pack(), now, length))
                                .count())
                        .orElse(0L));
    }
}
