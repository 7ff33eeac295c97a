package io.keepwatch.layout.pack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which packs are worth a rewrite. One of which little is needed is rewritten to give its room back; many small ones that
 * are older than the time in which everything is kept become one, so that the bucket holds few objects and a restore makes
 * few requests. Pure.
 */
final class RewritePlan {
    /** Below this share of needed bytes a pack is rewritten. */
    static final double LITTLE_NEEDED = 0.4;

    /** So many small packs of a level are merged, not fewer. */
    static final int MERGED = 16;

    private static final long SMALL_BYTES = 16L << 20;
    private static final long MOST_BYTES = 44L << 20;
    private static final long MOST_VERSIONS = 40_000;
    private static final int HIGHEST_LEVEL = 2;

    private RewritePlan() {}

    /** One rewrite: what becomes one pack, of which level. */
    record Rewrite(List<PackUse> old, int level) {
        Rewrite {
            old = List.copyOf(old);
        }

        List<PackName> names() {
            return old.stream().map(use -> use.pack().name()).toList();
        }
    }

    static List<Rewrite> of(Collection<PackUse> uses, Instant now, Duration keepAll) {
        Map<Integer, List<PackUse>> byLevel = uses.stream()
                .filter(use -> !use.isDead())
                .sorted(Comparator.comparing((PackUse use) -> use.pack().name().epoch())
                        .thenComparing(use -> use.pack().name().sequence()))
                .collect(Collectors.groupingBy(use -> use.pack().name().level(), TreeMap::new, Collectors.toList()));
        List<Rewrite> plan = new ArrayList<>();
        byLevel.forEach((level, packs) -> {
            List<PackUse> wasteful =
                    packs.stream().filter(RewritePlan::isWasteful).toList();
            groups(wasteful).forEach(group -> plan.add(new Rewrite(group, Math.max(1, level))));
            List<PackUse> small = packs.stream()
                    .filter(use -> !isWasteful(use)
                            && use.pack().bytes() < SMALL_BYTES
                            && use.storedAt().isBefore(now.minus(keepAll)))
                    .toList();
            groups(small).stream()
                    .filter(group -> group.size() >= MERGED)
                    .forEach(group -> plan.add(new Rewrite(group, Math.min(HIGHEST_LEVEL, level + 1))));
        });
        return plan;
    }

    private static boolean isWasteful(PackUse use) {
        return use.frameBytes() > 0 && use.neededBytes() < LITTLE_NEEDED * use.frameBytes();
    }

    /** In the order of time, each with what fits into one pack. */
    private static List<List<PackUse>> groups(List<PackUse> packs) {
        Function<PackUse, Long> size = use -> use.neededBytes() + use.pack().bytes() - use.frameBytes();
        List<List<PackUse>> groups = new ArrayList<>();
        List<PackUse> group = new ArrayList<>();
        long bytes = 0;
        long versions = 0;
        for (PackUse use : packs) {
            boolean fits = bytes + size.apply(use) <= MOST_BYTES && versions + use.versions() <= MOST_VERSIONS;
            if (!group.isEmpty() && !fits) {
                groups.add(List.copyOf(group));
                group.clear();
                bytes = 0;
                versions = 0;
            }
            group.add(use);
            bytes += size.apply(use);
            versions += use.versions();
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }
}
